#include "cut.h"

/* The border behind block `block`, and how little is lost when it goes: the smaller, the sooner. Losses only grow while
 * blocks grow, so that an outdated one is a lower bound: a border that comes up too soon is put back. */
struct border {
    double loss;
    int block;
};

struct merger {
    const dcnn_schedule *schedule;
    const dcnn_cuts *cuts;
    dcnn_block_cost *cost, total;
    int *next;  /* [count] block behind this one; -1 = none. A merged block goes by its first one's number */
    int *first; /* [count] number of the merged block whose last part this is */
    struct border *heap;
    int heap_count;
};

static bool sooner(struct border a, struct border b)
{
    return a.loss != b.loss ? a.loss < b.loss : a.block < b.block;
}

static void push(struct merger *m, struct border border)
{
    int at = m->heap_count++;

    for (; at > 0 && sooner(border, m->heap[(at - 1) / 2]); at = (at - 1) / 2) m->heap[at] = m->heap[(at - 1) / 2];
    m->heap[at] = border;
}

static struct border pop(struct merger *m)
{
    struct border top = m->heap[0], last = m->heap[--m->heap_count];
    int at = 0;

    for (;;) {
        int child = 2 * at + 1;
        if (child >= m->heap_count) break;
        if (child + 1 < m->heap_count && sooner(m->heap[child + 1], m->heap[child])) child++;
        if (!sooner(m->heap[child], last)) break;
        m->heap[at] = m->heap[child];
        at = child;
    }
    m->heap[at] = last;
    return top;
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* What two blocks weigh together, against what must cross between them. A border is known by its last original block.
 */
static double loss_of(const struct merger *m, int block)
{
    int left = m->first[block], right = m->next[left];
    double memory = m->cost[left].memory_bytes + m->cost[right].memory_bytes;
    double ops = m->cost[left].ops + m->cost[right].ops;
    double crossing = (double)m->schedule->bytes[m->cuts->last[block]];

    return (share(memory, m->total.memory_bytes) + share(ops, m->total.ops)) / (crossing + 1);
}

/* Joins the blocks on both sides of a border. */
static void join(struct merger *m, int block, int *last_of)
{
    int left = m->first[block], right = m->next[left];

    m->cost[left].memory_bytes += m->cost[right].memory_bytes;
    m->cost[left].ops += m->cost[right].ops;
    m->next[left] = m->next[right];
    last_of[left] = last_of[right];
    m->first[last_of[left]] = left;
}

static void merge_down(struct merger *m, int *blocks, int max_blocks, int *last_of)
{
    while (*blocks > max_blocks && m->heap_count > 0) {
        struct border top = pop(m);
        double loss = loss_of(m, top.block);
        if (loss > top.loss) {
            push(m, (struct border){loss, top.block});
            continue;
        }
        join(m, top.block, last_of);
        (*blocks)--;
    }
}

dcnn_status dcnn_onnx_merge(dcnn_graph *graph, const dcnn_schedule *schedule, dcnn_block_cost *cost, int max_blocks,
                            dcnn_cuts *cuts, dcnn_error *err)
{
    size_t count = (size_t)cuts->count;
    struct merger m = {.schedule = schedule, .cuts = cuts, .cost = cost};
    int blocks = cuts->count, kept = 0, *last_of;

    if (max_blocks == 0 || blocks <= max_blocks) return DCNN_OK;
    m.next = dcnn_pool_take(graph->pool, count, sizeof *m.next);
    m.first = dcnn_pool_take(graph->pool, count, sizeof *m.first);
    m.heap = dcnn_pool_take(graph->pool, count, sizeof *m.heap);
    last_of = dcnn_pool_take(graph->pool, count, sizeof *last_of);
    if (!m.next || !m.first || !m.heap || !last_of) return dcnn_fail_memory(err);
    for (int b = 0; b < blocks; b++) {
        m.next[b] = b + 1 < blocks ? b + 1 : -1;
        m.first[b] = last_of[b] = b;
        m.total.memory_bytes += cost[b].memory_bytes;
        m.total.ops += cost[b].ops;
    }
    for (int b = 0; b + 1 < cuts->count; b++)
        if (!cuts->locked[cuts->last[b]]) push(&m, (struct border){loss_of(&m, b), b});
    merge_down(&m, &blocks, max_blocks, last_of);
    if (blocks > max_blocks)
        return dcnn_fail(err, DCNN_E_VALUE, graph->file, "its exits need at least %d blocks, not %d", blocks,
                         max_blocks);
    for (int b = 0; b >= 0; b = m.next[b]) cuts->last[kept++] = cuts->last[last_of[b]];
    cuts->count = kept;
    return DCNN_OK;
}
