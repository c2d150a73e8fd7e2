/* page_files.h - the style sheet and the script of pages, made from page.css and page.js by tools/embed.sh. */
#ifndef DCNN_REPORT_PAGE_FILES_H
#define DCNN_REPORT_PAGE_FILES_H

#include <stddef.h>

extern const char dcnn_page_css[], dcnn_page_js[];
extern const size_t dcnn_page_css_size, dcnn_page_js_size;

#endif
