# SPDX-License-Identifier: MIT
#
# What gpu.sh measured, as a table, and as JSON into the file that the variable json names. The first
# file describes the machine, a name and a text in each line with a tab between; in the second a line
# is PART SIDE RUN NAME VALUE, and for a scene CHECKSUM.
# Ends with 1 if a scene's picture is not the same on both sides, or a row has not run each time.

function sort_values(values, count,    i, j, value) {
	for (i = 2; i <= count; i++) {
		value = values[i]
		for (j = i - 1; j >= 1 && values[j] > value; j--)
			values[j + 1] = values[j]
		values[j + 1] = value
	}
}

# The value below which that share of the sorted values lies.
function quantile(values, count, share,    place, low) {
	place = 1 + (count - 1) * share
	low = int(place)
	if (low >= count)
		return values[count]
	return values[low] + (values[low + 1] - values[low]) * (place - low)
}

# True if each run has given a figure of the row.
function is_whole(row,    i) {
	for (i = 1; i <= runs; i++)
		if (!(figure[row, "native", i] > 0 && figure[row, "xenglass", i] > 0))
			return 0
	return 1
}

function median_of(row, side,    i, values) {
	for (i = 1; i <= runs; i++)
		values[i] = figure[row, side, i]
	sort_values(values, runs)
	return quantile(values, runs, 0.5)
}

# Prints a row, and remembers its ratio: how much faster the guest is. Of times less is faster.
function show(row, unit, scale, is_time,    i, ratios, native, guest, low, high) {
	if (!is_whole(row)) {
		printf "%-36s  did not run each time\n", name_of[row]
		status = 1
		return
	}
	for (i = 1; i <= runs; i++) {
		native = figure[row, "native", i]
		guest = figure[row, "xenglass", i]
		ratios[i] = is_time ? native / guest : guest / native
		by_run[part_of[row], i] += log(ratios[i])
	}
	sort_values(ratios, runs)
	low = quantile(ratios, runs, 0.25)
	high = quantile(ratios, runs, 0.75)
	ratio[row] = quantile(ratios, runs, 0.5)
	printf "%-36s%14.2f%14.2f %-10s%6.2f  %.2f–%.2f\n", name_of[row],
		median_of(row, "native") * scale, median_of(row, "xenglass") * scale, unit,
		ratio[row], low, high
}

function show_head(text) {
	printf "\n%-36s%14s%14s %-10s%6s  %s\n", text, "native", "xenglass", "", "ratio", "quartiles"
}

function show_mean(part,    i, count, sum, least, means, row) {
	least = -1
	for (i = 1; i <= rows; i++) {
		row = row_at[i]
		if (part_of[row] != part || !(row in ratio))
			continue
		count++
		sum += log(ratio[row])
		if (least < 0 || ratio[row] < least)
			least = ratio[row]
	}
	if (!count)
		return
	for (i = 1; i <= runs; i++)
		means[i] = exp(by_run[part, i] / count)
	sort_values(means, runs)
	printf "%-74s %6.2f  %.2f–%.2f, of whole runs\n", "geometric mean", exp(sum / count),
		quantile(means, runs, 0.25), quantile(means, runs, 0.75)
	printf "%-74s %6.2f\n", "least", least
}

function escape(text) {
	gsub(/\\/, "\\\\\\\\", text)
	gsub(/"/, "\\\"", text)
	return text
}

function write_side(row, side,    i) {
	printf "\"%s\": [", side >json
	for (i = 1; i <= runs; i++)
		printf "%s%s", (i > 1 ? ", " : ""), (figure[row, side, i] > 0 ? figure[row, side, i] : "null") >json
	printf "]" >json
}

function write_json(    i, row) {
	printf "{\"machine\": {" >json
	for (i = 1; i <= facts; i++)
		printf "%s\n  \"%s\": \"%s\"", (i > 1 ? "," : ""), escape(fact_name[i]), escape(fact[i]) >json
	printf "},\n \"rows\": [" >json
	for (i = 1; i <= rows; i++) {
		row = row_at[i]
		printf "%s\n  {\"part\": \"%s\", \"name\": \"%s\", \"unit\": \"%s\", \"ratio\": %s, ", (i > 1 ? "," : ""),
			part_of[row], escape(name_of[row]), json_unit[part_of[row]],
			(row in ratio ? sprintf("%.4f", ratio[row]) : "null") >json
		write_side(row, "native")
		printf ", " >json
		write_side(row, "xenglass")
		if (sum_of[row, "native"] != "")
			printf ", \"same_picture\": %s", (row in wrong ? "false" : "true") >json
		printf "}" >json
	}
	print "\n ]}" >json
	close(json)
}

# A driver that draws the same twice must draw the same for a guest.
function compare(row, side, sum) {
	if (sum_of[row, side] == "")
		sum_of[row, side] = sum
	if (sum_of[row, side] != sum)
		wrong[row] = "is not always the same on the side " side
	if (sum_of[row, "native"] != "" && sum_of[row, "xenglass"] != "" &&
		sum_of[row, "native"] != sum_of[row, "xenglass"])
		wrong[row] = "differs: " sum_of[row, "native"] " natively, " sum_of[row, "xenglass"] " in a guest"
}

BEGIN {
	FS = "\t"
	json_unit["scenes"] = "frames/s"
	json_unit["calls"] = json_unit["sync"] = "ns"
	json_unit["through"] = "calls/s"
	json_unit["copies"] = "octets/s"
	title["through"] = "glUniform4f, all the way"
	title["sync"] = "glReadPixels of 1 pixel"
	title["texture"] = "glTexSubImage2D, 1 MiB"
	title["buffer"] = "glBufferSubData, 1 MiB"
	title["mapped"] = "glMapBufferRange, 1 MiB"
	title["pixels"] = "glReadPixels, 1 MiB"
	title["pack"] = "glReadPixels to a buffer, 1 MiB"
}

FNR == 1 && NR != 1 { FS = " "; $0 = $0 }

FS == "\t" {
	fact_name[++facts] = $1
	fact[facts] = $2
	next
}

{
	part = $1
	name = part == "scenes" || part == "calls" ? $4 : title[$4]
	row = part "/" name
	if (!(row in part_of)) {
		row_at[++rows] = row
		part_of[row] = part
		name_of[row] = name
	}
	figure[row, $2, $3] = $5 + 0
	runs = $3 > runs ? $3 + 0 : runs
	if (part == "scenes")
		compare(row, $2, $6)
}

END {
	for (i = 1; i <= rows; i++) {
		row = row_at[i]
		part = part_of[row]
		if (part != last_part && (part == "scenes" || part == "calls"))
			show_head(part == "scenes" ? "scene, 1024x768, off the screen" : "a call, for who makes it")
		else if (part != last_part && (last_part == "scenes" || last_part == "calls" || i == 1))
			show_head("the whole way")
		last_part = part
		if (part == "scenes")
			show(row, "fps", 1, 0)
		else if (part == "calls" || part == "sync")
			show(row, "ns", 1, 1)
		else if (part == "through")
			show(row, "million/s", 1e-6, 0)
		else
			show(row, "GB/s", 1e-9, 0)
		if ((part == "scenes" || part == "calls") && (i == rows || part_of[row_at[i + 1]] != part))
			show_mean(part)
	}
	write_json()
	print "\nall figures: " json
	if (!rows) {
		print "NOTHING was measured"
		status = 1
	}
	for (row in wrong) {
		print "WRONG PICTURE: " name_of[row] " " wrong[row]
		status = 1
	}
	exit status
}
