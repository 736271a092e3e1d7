/** Reading exporters' text: known pages, new pages, and a database that takes in the same. */
package io.tokenwatt.quickstart.bench.parse;
