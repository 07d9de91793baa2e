// Package sample holds the data that a newcomer's development IRIS starts with: films, and text embeddings of them and of
// a few questions. README.md beside this file names the source and its licence.
package sample

import (
	"bufio"
	_ "embed" // the data files
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

//go:embed films.csv
var films string

//go:embed film_vectors.csv
var filmVectors string

//go:embed questions.csv
var questions string

// Dimensions of the embeddings.
const Dimensions = 384

const schema = `CREATE TABLE SQLUser.film (id INTEGER PRIMARY KEY, title VARCHAR(200) NOT NULL, released DATE, genre VARCHAR(40), style VARCHAR(40), director VARCHAR(80), distributor VARCHAR(80), source VARCHAR(60), rating VARCHAR(12), minutes INTEGER, budget BIGINT, gross BIGINT, score NUMERIC(3,1), votes INTEGER, embedding VECTOR(DOUBLE,384));
CREATE TABLE SQLUser.question (id INTEGER PRIMARY KEY, question VARCHAR(100) COLLATE EXACT NOT NULL UNIQUE, embedding VECTOR(DOUBLE,384));
CREATE INDEX film_director ON TABLE SQLUser.film (director);
`

// kinds says how a column of films.csv is written as an IRIS literal.
var kinds = map[string]func(string) string{
	"id": number, "released": date, "minutes": number, "budget": number, "gross": number, "score": number, "votes": number,
}

// WriteSQL writes the tables and rows as IRIS SQL, one statement a line, each ended by a semicolon: the form that
// irisdev's --init reads.
func WriteSQL(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	vectors, err := readVectors()
	if err != nil {
		return err
	}
	out.WriteString(schema)
	if err := writeFilms(out, vectors); err != nil {
		return err
	}
	if err := writeQuestions(out); err != nil {
		return err
	}
	return out.Flush()
}

func writeFilms(out *bufio.Writer, vectors map[string]string) error {
	rows, err := csv.NewReader(strings.NewReader(films)).ReadAll()
	if err != nil {
		return fmt.Errorf("films.csv: %w", err)
	}
	head := rows[0]
	for _, row := range rows[1:] {
		names, values := make([]string, 0, len(row)+1), make([]string, 0, len(row)+1)
		for i, text := range row {
			if text == "" {
				continue // an absent value is NULL
			}
			literal := quote
			if kind, ok := kinds[head[i]]; ok {
				literal = kind
			}
			names, values = append(names, head[i]), append(values, literal(text))
		}
		if v, ok := vectors[row[0]]; ok {
			names, values = append(names, "embedding"), append(values, vector(v))
		}
		fmt.Fprintf(out, "INSERT INTO SQLUser.film (%s) VALUES (%s);\n", strings.Join(names, ","), strings.Join(values, ","))
	}
	return nil
}

func writeQuestions(out *bufio.Writer) error {
	rows, err := csv.NewReader(strings.NewReader(questions)).ReadAll()
	if err != nil {
		return fmt.Errorf("questions.csv: %w", err)
	}
	for _, row := range rows[1:] {
		fmt.Fprintf(out, "INSERT INTO SQLUser.question (id,question,embedding) VALUES (%s,%s,%s);\n", row[0], quote(row[1]), vector(row[2]))
	}
	return nil
}

// readVectors gives the embedding of each film that has one, by id.
func readVectors() (map[string]string, error) {
	rows, err := csv.NewReader(strings.NewReader(filmVectors)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("film_vectors.csv: %w", err)
	}
	vectors := make(map[string]string, len(rows))
	for _, row := range rows[1:] {
		vectors[row[0]] = row[1]
	}
	return vectors, nil
}

func number(s string) string { return s }

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func date(s string) string { return "TO_DATE(" + quote(s) + ",'YYYY-MM-DD')" }

// vector: the files separate the elements by blanks, which needs no quoting in CSV.
func vector(s string) string {
	return fmt.Sprintf("TO_VECTOR(%s,DOUBLE,%d)", quote(strings.ReplaceAll(s, " ", ",")), Dimensions)
}
