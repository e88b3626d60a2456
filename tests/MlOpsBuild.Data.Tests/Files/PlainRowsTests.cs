using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Summaries;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Files.Tests;

/// <summary>Rows that are found by vectors are those that CsvHelper finds, whatever the file is.</summary>
public sealed class PlainRowsTests
{
    private static readonly string[] Usual = ["a", "1.5", "-20", "some text", "é", "x", "0"];
    private static readonly string[] Odd = [" ", "\t", "  ", "\r", "\0", "\"", "\"q\"", "\"a,b\"", "\"a\nb\"", "\u00A0", "#", "\n", "\r\n"];

    /// <summary>A sign for comments that no file has leaves all to CsvHelper.</summary>
    private static readonly TableFormat Others = new() { Comment = '\x02' };

    [Theory]
    [InlineData(',', true, 0)]
    [InlineData(',', true, 3)]
    [InlineData(',', true, 30)]
    [InlineData(',', false, 10)]
    [InlineData(';', true, 10)]
    [InlineData('\t', true, 10)]
    [InlineData('\t', false, 10)]
    [InlineData('|', true, 100)]
    public async Task Any_text_gives_the_rows_that_CsvHelper_gives(char separator, bool trims, int oddPerThousand)
    {
        var random = new SplitMix64(separator + (ulong)oddPerThousand);
        for (var trial = 0; trial < 1500; trial++)
        {
            await CompareAsync(Text(random, separator, 1 + random.NextInt(40), oddPerThousand), separator, trims);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task So_does_a_text_that_is_read_in_many_parts(int oddPerTenThousand)
    {
        var random = new SplitMix64(9 + (ulong)oddPerTenThousand);
        for (var trial = 0; trial < 6; trial++)
        {
            var text = new StringBuilder(Text(random, ',', 40_000 + random.NextInt(40_000), 0));
            for (var odd = 0; odd < oddPerTenThousand; odd++)
            {
                text.Insert(random.NextInt(text.Length), Odd[random.NextInt(Odd.Length)]);
            }

            await CompareAsync(text.ToString(), ',', true);
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n\n3,4")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n")]
    [InlineData("a,b\r1,2\r3,4")]
    [InlineData("a,b\n1,2\r\n3,4\n5\n6,7,8\n,\n")]
    [InlineData("a,b\n1,\"2\n3\"\n4,5\n")]
    [InlineData("a\n1\n \n2\n")]
    public Task Ends_of_lines_and_blank_lines_are_the_same(string text) => CompareAsync(text, ',', true);

    [Fact]
    public Task A_line_that_is_longer_than_what_is_read_at_once_is_read() =>
        CompareAsync("a,b\n1,2\n" + new string('x', 700_000) + ",3\n4,5\n", ',', true);

    [Fact]
    public async Task Rows_that_come_at_once_are_those_that_come_one_by_one()
    {
        var text = Text(new SplitMix64(12), ',', 30_000, 1);
        var format = new TableFormat { Separator = ',' };
        await using var rows = await TableReader.OpenAsync(FileOf(text, format), null, CancellationToken.None);
        int[] positions = [2, 0];
        var (reader, found) = (new BatchReader(FileOf(text, format), rows, positions, new()), new List<string>());
        await foreach (var batch in reader.ReadAsync(CancellationToken.None))
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                found.Add($"{batch.Place(row)}: {Shown(batch.Cell(1, row).Text)}…{Shown(batch.Cell(0, row).Text)}");
            }
        }

        var expected = (await ReadAsync(text, format with { Comment = Others.Comment }))
            .Where(row => row.Problem == null).Select(row => $"x.csv, line {row.Line}: {row.Cells[0]}…{row.Cells[2]}");
        found.ShouldBe(expected);
    }

    private static async Task CompareAsync(string text, char separator, bool trims)
    {
        var format = new TableFormat { Separator = separator, Trim = trims };
        var (ours, theirs) = (await ReadAsync(text, format), await ReadAsync(text, format with { Comment = Others.Comment }));
        ours.Select(row => row.ToString()).ShouldBe(theirs.Select(row => row.ToString()), Excerpt.Of(text, 300));
    }

    private static async Task<List<Row>> ReadAsync(string text, TableFormat format)
    {
        var found = new List<Row>();
        try
        {
            await using var rows = await TableReader.OpenAsync(FileOf(text, format), null, CancellationToken.None);
            while (rows.Read())
            {
                found.Add(rows.Problem is { } problem
                    ? new(rows.Number, problem.ToString(), "", [])
                    : new(rows.Number, null, Shown(rows.Raw), [.. rows.Names.Select((_, position) => Shown(rows.Cell(position)))]));
            }
        }
        catch (StageFailedException problem)
        {
            found.Add(new(0, problem.Findings[0].ToString(), "", []));
        }

        return found;
    }

    private static string Shown(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static TableFile FileOf(string text, TableFormat format) =>
        TableFile.Of("x.csv", Encoding.UTF8.GetBytes(text)) with { Format = format };

    private static string Text(SplitMix64 random, char separator, int lines, int oddPerThousand)
    {
        var text = new StringBuilder().AppendJoin(separator, "first", "second", "third").Append('\n');
        for (var line = 0; line < lines; line++)
        {
            for (var cell = random.NextInt(50) == 0 ? 2 : 0; cell < 3; cell++)
            {
                text.Append(random.NextInt(1000) < oddPerThousand ? Odd[random.NextInt(Odd.Length)] : "")
                    .Append(random.NextInt(8) == 0 ? "" : Usual[random.NextInt(Usual.Length)])
                    .Append(random.NextInt(1000) < oddPerThousand ? Odd[random.NextInt(Odd.Length)] : "")
                    .Append(cell < 2 ? separator.ToString() : line == lines - 1 && random.NextInt(2) == 0 ? "" : "\n");
            }
        }

        return text.ToString();
    }

    private sealed record Row(long Line, string? Problem, string Raw, IReadOnlyList<string> Cells)
    {
        public override string ToString() => $"{Line}|{Problem}|{Raw}|{string.Join('¦', Cells)}";
    }
}
