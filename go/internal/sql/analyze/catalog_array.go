package analyze

// arrayFunctions are the array functions (PostgreSQL docs, 9.19), in the form that catalog.go reads.
const arrayFunctions = `
array_append(anycompatiblearray,anycompatible) anycompatiblearray
array_cat(anycompatiblearray,anycompatiblearray) anycompatiblearray
array_dims(anyarray) text
array_length(anyarray,int4) int4
array_lower(anyarray,int4) int4
array_ndims(anyarray) int4
array_position(anycompatiblearray,anycompatible) int4
array_position(anycompatiblearray,anycompatible,int4) int4
array_positions(anycompatiblearray,anycompatible) int4[]
array_prepend(anycompatible,anycompatiblearray) anycompatiblearray
array_remove(anycompatiblearray,anycompatible) anycompatiblearray
array_replace(anycompatiblearray,anycompatible,anycompatible) anycompatiblearray
array_to_string(anyarray,text) text
array_to_string(anyarray,text,text) text
array_upper(anyarray,int4) int4
cardinality(anyarray) int4
string_to_array(text,text) text[]
string_to_array(text,text,text) text[]
trim_array(anyarray,int4) anyarray
`
