package fn

import "iris-pgwire/internal/irisdev/value"

// Star gives the position that * (offset 0), *-n or *+n means in $EXTRACT, $WEXTRACT, $PIECE, $LIST, $LISTGET and $LISTDATA:
// args are the arguments before the first position. <LIST> if a list is none; <RANGE> for a place before the 0th element of a
// list.
func Star(name string, args []value.Value, offset int) (int, error) {
	var last int
	switch name {
	case "$EXTRACT":
		last = value.Length(args[0].Text())
	case "$WEXTRACT":
		last = wideLength(args[0].Text())
	case "$PIECE":
		last = Pieces(args[0].Text(), args[1].Text())
	case "$LIST", "$LISTGET", "$LISTDATA":
		items, err := Items(args[0])
		if err != nil {
			return 0, err
		}
		last = len(items)
		if last+offset < 0 {
			return 0, errRange
		}
	default:
		return 0, errFunction
	}
	return last + offset, nil
}
