/** From board energy to the machine's and the building's, pure: node classes and PUE as data. */
package io.tokenwatt.jobs.power;
