/* dcnn.h - all of libdcnn. */
#ifndef DCNN_H
#define DCNN_H

#include <dcnn/catalog.h>
#include <dcnn/certificate.h>
#include <dcnn/check.h>
#include <dcnn/draw.h>
#include <dcnn/experiment.h>
#include <dcnn/export.h>
#include <dcnn/file.h>
#include <dcnn/generate.h>
#include <dcnn/import.h>
#include <dcnn/instance.h>
#include <dcnn/netimport.h>
#include <dcnn/network.h>
#include <dcnn/notebook.h>
#include <dcnn/placement.h>
#include <dcnn/quantity.h>
#include <dcnn/reasons.h>
#include <dcnn/report.h>
#include <dcnn/scenario.h>
#include <dcnn/solve.h>
#include <dcnn/status.h>

#endif
