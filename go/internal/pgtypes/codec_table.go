package pgtypes

// The codecs, one a family.
var (
	boolCodec        = codec{parseBool, textBool, recvBool, sendBool}
	intCodec         = codec{parseInt, textInt, recvInt, sendInt}
	textCodec        = codec{parseString, textString, recvString, sendString}
	charCodec        = codec{parseString, textString, recvChar, sendChar}
	bpcharCodec      = codec{parseString, textBpchar, recvString, sendBpchar}
	numericCodec     = codec{parseNumeric, textNumeric, recvNumeric, sendNumeric}
	floatCodec       = codec{parseFloat, textFloat, recvFloat, sendFloat}
	byteaCodec       = codec{parseBytea, textBytea, recvBytea, sendBytea}
	uuidCodec        = codec{parseUUID, textUUID, recvUUID, sendUUID}
	jsonCodec        = codec{parseJSON, textString, recvJSON, sendString}
	jsonbCodec       = codec{parseJSON, textString, recvJSON, sendJSONB}
	dateCodec        = codec{parseDate, textDate, recvDate, sendDate}
	timeCodec        = codec{parseTime, textTime, recvTime, sendTime}
	timestampCodec   = codec{parseTimestamp, textTimestamp, recvTimestamp, sendTimestamp}
	timestamptzCodec = codec{parseTimestamptz, textTimestamptz, recvTimestamp, sendTimestamp}
	intervalCodec    = codec{parseInterval, textString, recvInterval, sendInterval}
	inetCodec        = codec{parseInet, textString, recvInet, sendInet}
	macaddrCodec     = codec{parseMacaddr, textString, recvMacaddr, sendMacaddr}
	bitCodec         = codec{parseBit, textString, recvBit, sendBit}
	vectorCodec      = codec{parseVector, textVector, recvVector, sendVector}
	voidCodec        = codec{nil, textString, nil, sendString}
	regCodec         = codec{parseInt, textString, recvInt, sendInt}
)

// codecOf is a switch and not a map: it runs once for every value of every row.
func codecOf(oid OID) *codec {
	switch oid {
	case Int4, Int8, Int2, Oid:
		return &intCodec
	case Text, Varchar, Name, Unknown:
		return &textCodec
	case Numeric:
		return &numericCodec
	case Float8, Float4:
		return &floatCodec
	case Bool:
		return &boolCodec
	case Date:
		return &dateCodec
	case Time:
		return &timeCodec
	case Timestamp:
		return &timestampCodec
	case Timestamptz:
		return &timestamptzCodec
	case Vector:
		return &vectorCodec
	case Bpchar:
		return &bpcharCodec
	case Bytea:
		return &byteaCodec
	case UUID:
		return &uuidCodec
	case JSON:
		return &jsonCodec
	case JSONB:
		return &jsonbCodec
	case Interval:
		return &intervalCodec
	}
	return rareCodec(oid)
}

func rareCodec(oid OID) *codec {
	switch oid {
	case Char:
		return &charCodec
	case Inet, Cidr:
		return &inetCodec
	case Macaddr:
		return &macaddrCodec
	case Bit, Varbit:
		return &bitCodec
	case Regclass, Regtype, Regproc:
		return &regCodec
	case Void:
		return &voidCodec
	}
	if ElemOf(oid) != 0 {
		// Made here, because an array's functions look their element's codec up.
		return &codec{parseArray, textString, recvArray, sendArray}
	}
	return nil
}
