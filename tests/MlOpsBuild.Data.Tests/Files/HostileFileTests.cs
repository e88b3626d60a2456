using System.IO.Compression;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Files.Tests;

/// <summary>Files that somebody damaged: each gives a result, none an exception, and no row is lost without a word.</summary>
public sealed class HostileFileTests
{
    private static readonly byte[][] Pieces =
    [
        [0], [0xFF], [0xC3], [0xEF, 0xBB, 0xBF], [0x1F, 0x8B],
        .. "\n|\r|\r\n|\"|\"\"|,|;|\t|\\|{|}|[|]|:|null|1e999|-|NaN|é|\u200B|2011-02-30|9999-12-31|0001-01-01T00:00:00+14:00|=cmd|#|'|PAR1"
            .Split('|')
            .Select(Encoding.UTF8.GetBytes),
        Encoding.UTF8.GetBytes(new string('9', 5000)), Encoding.UTF8.GetBytes(new string('"', 999)),
    ];

    private static readonly byte[] Delimited = Encoding.UTF8.GetBytes("At,Hour,A,Text,Value\n" + string.Concat(
        Enumerable.Range(0, 40).Select(row => $"2011-01-{1 + (row / 24):00},{row % 24},{row},\"t {row % 3}\",{row / 7.0:R}\n")));

    private static readonly byte[] Lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(row =>
        $$"""{"At": "2011-01-{{1 + (row / 24):00}}", "Hour": {{row % 24}}, "A": {{row}}, "Text": "t {{row % 3}}", "Value": {{row / 7.0:R}}}""" + "\n")));

    [Theory]
    [InlineData(1, 4_000)]
    public Task Mutated_files_give_a_result(int seed, int files) => MutateAsync(seed, files);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData(2, 100_000)]
    public Task A_hundred_thousand_mutated_files_give_a_result(int seed, int files) => MutateAsync(seed, files);

    [RealDataFact]
    public async Task Mutated_real_files_give_a_result()
    {
        var hour = await File.ReadAllBytesAsync(RealData.HourFile!);
        var random = new SplitMix64(3);
        for (var trial = 0; trial < 400; trial++)
        {
            var from = random.NextInt(hour.Length - 4000);
            await CheckAsync("hour.csv", Mutated([.. hour[..110], .. hour[from..(from + 3000)]], random), TableFormat.Usual);
        }
    }

    /// <summary>Lines that no quote joins can be counted by anybody.</summary>
    [Fact]
    public async Task Every_line_is_accepted_or_told()
    {
        var random = new SplitMix64(4);
        byte[][] harmless = [.. Pieces.Where(piece => !piece.AsSpan().ContainsAny((byte)'"', (byte)'\n', (byte)'\r')
            && Encoding.UTF8.GetString(piece).IndexOf('\uFFFD', StringComparison.Ordinal) < 0)];
        var unquoted = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Delimited).Replace("\"", "", StringComparison.Ordinal));
        for (var trial = 0; trial < 3000; trial++)
        {
            var content = unquoted.ToList();
            var (at, piece) = (21 + random.NextInt(content.Count - 21), harmless[random.NextInt(harmless.Length)]);
            content.InsertRange(at, piece);

            var result = await ReadAsync("rows.csv", [.. content], TableFormat.Usual, 0.5);

            result.Rows.ShouldBe(40, Encoding.UTF8.GetString([.. content]));
            (result.Table!.Rows + result.Quarantined).ShouldBe(40);
        }
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(20_000_000)]
    public async Task A_cell_of_any_length_is_told_in_few_words(int length)
    {
        foreach (var text in new[] { "At,Hour,A,Text,Value\n2011-01-01,0,", "At,Hour,A,Text,Value\n2011-01-01,0,1,\"" })
        {
            var result = await ReadAsync(
                "rows.csv", [.. Encoding.UTF8.GetBytes(text), .. Encoding.UTF8.GetBytes(new string('9', length)), .. ",t,1\n"u8],
                TableFormat.Usual, 0);

            result.Findings.ShouldNotBeEmpty();
            result.Findings.ShouldAllBe(finding => finding.ToString().Length < 1000);
        }
    }

    private static async Task MutateAsync(int seed, int files)
    {
        var random = new SplitMix64((ulong)seed);
        var packed = Packed(Delimited);
        for (var trial = 0; trial < files; trial++)
        {
            var (name, content) = (trial % 4) switch
            {
                0 => ("rows.csv", Delimited),
                1 => ("rows.jsonl", Lines),
                2 => ("rows.csv.gz", packed),
                _ => ("rows.tsv", Delimited),
            };
            var format = (trial % 3) switch
            {
                0 => TableFormat.Usual,
                1 => new TableFormat { Separator = ',', Missing = ["NA"], Comment = '#', Trim = false },
                _ => new TableFormat
                {
                    Encoding = trial % 2 == 0 ? "windows-1252" : "utf-16", IgnoresExtraColumns = true, DecimalComma = true
                },
            };
            await CheckAsync(name, Mutated(content, random), format);
        }
    }

    private static async Task CheckAsync(string name, byte[] content, TableFormat format)
    {
        try
        {
            var result = await ReadAsync(name, content, format, 0);
            (result.Table is null).ShouldBe(result.Findings.Count > 0);
            (result.Table is null || result.Table.Rows == result.Rows).ShouldBeTrue();
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"{name}: {Convert.ToBase64String(content)}", problem);
        }
    }

    private static byte[] Mutated(byte[] content, SplitMix64 random)
    {
        var bytes = content.ToList();
        for (var change = 1 + random.NextInt(4); change > 0; change--)
        {
            var at = random.NextInt(bytes.Count);
            switch (random.NextInt(5))
            {
                case 0:
                    bytes[at] = (byte)random.NextInt(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(1 + random.NextInt(30), bytes.Count - at));
                    bytes.Add((byte)'\n');
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.NextInt(60), bytes.Count - at)));
                    break;
                case 3 when random.NextInt(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.Add((byte)' ');
                    break;
                default:
                    bytes.InsertRange(at, Pieces[random.NextInt(Pieces.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static Task<ReadResult> ReadAsync(string name, byte[] content, TableFormat format, double quarantine) => TableReader.ReadAsync(
        [new(name, () => new MemoryStream(content), format)], ContractReader.Of<Row>() with { Quarantine = quarantine }, 0, null,
        CancellationToken.None);

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private sealed record Row(
        [property: Timestamp] DateOnly At,
        [property: Timestamp(TimestampPart.Hour), Range(0, 23)] int Hour,
        [property: Unique] int? A,
        string Text,
        [property: Label] double Value);
}
