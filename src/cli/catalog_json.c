/* The catalogue in the words of the scenario file: layers can be pasted into one. */
#include "cli.h"

static void print_unit_types(void)
{
    int count;
    const dcnn_unit_type *types = dcnn_catalog_unit_types(&count);

    for (int t = 0; t < count; t++) {
        fputs(t ? ",\n    { \"name\": " : "    { \"name\": ", stdout);
        cli_json_string(types[t].name);
        printf(", \"memory_bytes\": %lld, \"ops_per_s\": ", (long long)types[t].memory_bytes);
        cli_json_number(types[t].ops_per_s);
        fputs(", \"note\": ", stdout);
        cli_json_string(types[t].note);
        fputs(" }", stdout);
    }
}

static void print_numbers(const char *key, const double *values, int count)
{
    printf(", \"%s\": [", key);
    for (int j = 0; j < count; j++) {
        if (j) fputs(", ", stdout);
        cli_json_number(values[j]);
    }
    putchar(']');
}

static void print_cnn(const dcnn_cnn_entry *entry, const dcnn_profile *profile)
{
    fputs("    { \"name\": ", stdout);
    cli_json_string(entry->name);
    fputs(", \"note\": ", stdout);
    cli_json_string(entry->note);
    printf(", \"input_bytes\": %lld", (long long)profile->input_bytes);
    if (profile->p) {
        print_numbers("p", profile->p, profile->layer_count);
        print_numbers("g", profile->g, profile->layer_count);
    }
    fputs(", \"layers\": [\n", stdout);
    for (int j = 0; j < profile->layer_count; j++) {
        fputs("        ", stdout);
        cli_json_layer(&profile->layers[j]);
        puts(j + 1 < profile->layer_count ? " }," : " }");
    }
    fputs("    ] }", stdout);
}

int cli_print_catalog_json(bool count_pool)
{
    int count;
    const dcnn_cnn_entry *entries = dcnn_catalog_cnns(&count);

    fputs("{ \"dcnn\": \"catalog\", \"version\": 1,\n  \"unit_types\": [\n", stdout);
    print_unit_types();
    fputs("\n  ],\n  \"cnns\": [\n", stdout);
    for (int n = 0; n < count; n++) {
        dcnn_profile *profile;
        dcnn_error err;
        if (dcnn_catalog_cnn(&profile, entries[n].name, count_pool, &err)) return cli_fail(&err);
        if (n) fputs(",\n", stdout);
        print_cnn(&entries[n], profile);
        dcnn_profile_free(profile);
    }
    fputs("\n  ] }\n", stdout);
    return CLI_DONE;
}
