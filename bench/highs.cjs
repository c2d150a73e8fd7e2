// highs.cjs FILE.lp SECONDS - solves with HiGHS (npm package highs), one thread, to proven optimality; prints its log.
'use strict';
const fs = require('fs');

const [file, seconds] = process.argv.slice(2);
const options = { time_limit: Number(seconds), mip_rel_gap: 0, mip_abs_gap: 0, threads: 1 };
require('highs')({ print: line => console.log(line) })
  .then(highs => highs.solve(fs.readFileSync(file, 'utf8'), options))
  .catch(error => { console.log(`failed: ${error.message}`); process.exit(1); });
