/** Service level objectives as people keep them: CSV files, loaded, checked and listed. */
package io.tokenwatt.storage.slo;
