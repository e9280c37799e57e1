/** Tests of the catalogue: what it says of devices and models, against figures known otherwise. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.catalogue;
