package analyze

// vectorOperators are pgvector's operators, in the form of arithmetic.
const vectorOperators = `
vector <-> vector float8 l2_distance
vector <#> vector float8 vector_negative_inner_product
vector <=> vector float8 cosine_distance
vector <+> vector float8 l1_distance
vector + vector vector vector_add
vector - vector vector vector_sub
vector * vector vector vector_mul
vector || vector vector vector_concat
`

// vectorFunctions are pgvector's functions and aggregates on its type vector, in the form that catalog.go reads.
const vectorFunctions = `
vector_dims(vector) int4
vector_norm(vector) float8
l2_normalize(vector) vector
l2_distance(vector,vector) float8
inner_product(vector,vector) float8
cosine_distance(vector,vector) float8
l1_distance(vector,vector) float8
vector_negative_inner_product(vector,vector) float8
vector_spherical_distance(vector,vector) float8
vector_l2_squared_distance(vector,vector) float8
vector_cmp(vector,vector) int4
binary_quantize(vector) bit
subvector(vector,int4,int4) vector
`

// vectorAggregates are pgvector's aggregates.
const vectorAggregates = `
avg(vector) vector
sum(vector) vector
`
