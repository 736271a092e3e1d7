// Prints every problem that dockerfile-utils finds in the file it is given, one a line.
const fs = require('fs');
const { validate } = require('dockerfile-utils');
for (const problem of validate(fs.readFileSync(process.argv[2], 'utf8'))) {
  console.log(`line ${problem.range.start.line + 1}: ${problem.message}`);
}
