package main

// silent are the requests without a reply.
var silent = map[[2]byte]bool{
	{'A', 'N'}: true, {'A', 'F'}: true, {'R', 'C'}: true, {'R', 'U'}: true, {'C', 'C'}: true, {'C', 'S'}: true, {'C', 'U'}: true,
	{'U', 'C'}: true, {'R', 'N'}: true, {'D', 'C'}: true,
}

// ordered puts each request's replies behind it, whatever was under way at the same time: a client that doesn't wait
// makes the order in which frames were seen a matter of chance. Replies come in the order of the requests.
func ordered(frames []frame) []frame {
	out := make([]frame, 0, len(frames))
	taken := make([]bool, len(frames))
	for i, f := range frames {
		if taken[i] || !f.client {
			continue
		}
		out = append(out, f)
		if silent[f.code] {
			continue
		}
		for j := i + 1; j < len(frames); j++ {
			r := frames[j]
			if r.connection != f.connection || taken[j] {
				continue
			}
			if r.client && r.number == f.number && !silent[r.code] {
				break
			}
			if !r.client && r.number == f.number {
				r.step, taken[j] = f.step, true
				out = append(out, r)
			}
		}
	}
	return out
}
