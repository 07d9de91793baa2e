package analyze

// jsonFunctions are the JSON functions (PostgreSQL docs, 9.16), in the form that catalog.go reads.
const jsonFunctions = `
array_to_json(anyarray) json
array_to_json(anyarray,bool) json
json_array_length(json) int4
json_build_array() json
json_build_array(any...) json
json_build_object() json
json_build_object(any...) json
json_extract_path(json,text...) json
json_extract_path_text(json,text...) text
json_object(text[]) json
json_object(text[],text[]) json
json_strip_nulls(json) json
json_typeof(json) text
jsonb_array_length(jsonb) int4
jsonb_build_array() jsonb
jsonb_build_array(any...) jsonb
jsonb_build_object() jsonb
jsonb_build_object(any...) jsonb
jsonb_extract_path(jsonb,text...) jsonb
jsonb_extract_path_text(jsonb,text...) text
jsonb_insert(jsonb,text[],jsonb,bool) jsonb
jsonb_insert(jsonb,text[],jsonb) jsonb
jsonb_object(text[]) jsonb
jsonb_object(text[],text[]) jsonb
jsonb_pretty(jsonb) text
jsonb_set(jsonb,text[],jsonb,bool) jsonb
jsonb_set(jsonb,text[],jsonb) jsonb
jsonb_strip_nulls(jsonb) jsonb
jsonb_typeof(jsonb) text
row_to_json(record) json
row_to_json(record,bool) json
to_json(anyelement) json
to_jsonb(anyelement) jsonb
`
