/**
 * What a person sees in the terminal: rows of the view {@code efficiency}, drawn again and again.
 */
package io.tokenwatt.quickstart.view;
