using System.Text.Json;
using System.IO.Compression;
using System.Text;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Files that must not be trained on: the exit code, and the words that let their owner act.</summary>
public sealed class BadData(BuiltRepository repository) : EndToEndTest(repository)
{
    [Theory]
    [InlineData("missing file", 2, "bad.csv: Data file not found")]
    [InlineData("empty file", 2, "bad.csv: Empty, or not a regular file")]
    [InlineData("header without rows", 1, "bad.csv: Header without rows")]
    [InlineData("wrong column", 3, "header: Column is not in the contract 'tmep'", "Missing column 'temp'")]
    [InlineData("missing column", 3, "header: Missing column 'cnt'")]
    [InlineData("extra column", 3, "header: Column is not in the contract 'more'")]
    [InlineData("duplicate column", 3, "header: Duplicate column 'temp'", "Missing column 'hum'")]
    [InlineData("no number", 3, "line 5, column cnt: Wrong type 'x'")]
    [InlineData("date out of order", 3, "line 3, column dteday: Time out of order", "expected not before")]
    [InlineData("not UTF-8", 1, "line 50: Not UTF-8", "iconv")]
    [InlineData("broken quote", 1, "line 7: Quote is never closed")]
    public async Task Is_refused_by_name_and_place(string kind, int exitCode, params string[] words)
    {
        var file = Path.Combine(Checkout.Runtime, "bad.csv");
        if (Broken(kind) is { } content)
        {
            await File.WriteAllBytesAsync(file, content);
        }

        var refused = (await Checkout.RunAsync("Train", "--data", file)).Expect(exitCode);

        words.ShouldAllBe(word => refused.Output.Contains(word, StringComparison.Ordinal), refused.Output);
        refused.Output.ShouldNotContain("   at MlOpsBuild", customMessage: "a stack trace is no explanation");
        (await Checkout.Store.Runs.OfAsync(Checkout.Pipeline, CancellationToken.None)).ShouldAllBe(run => run.Model == null);
    }

    [Fact]
    public async Task The_unbroken_file_is_accepted()
    {
        var file = Path.Combine(Checkout.Runtime, "good.csv");
        await File.WriteAllLinesAsync(file, BikeFile.Lines());

        (await Checkout.RunAsync("ValidateData", "--data", file)).Expect(0).Output.ShouldContain("48 rows");
    }

    [Fact]
    public async Task Semicolons_and_a_packed_file_are_recognised()
    {
        var file = Path.Combine(Checkout.Runtime, "good.txt.gz");
        await using (var packed = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            await packed.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", BikeFile.Lines()).Replace(',', ';')));
        }

        (await Checkout.RunAsync("ValidateData", "--data", file)).Expect(0).Output.ShouldContain("48 rows");
    }

    [Fact]
    public async Task A_profile_shows_what_is_broken_and_fails_nothing()
    {
        var file = Path.Combine(Checkout.Runtime, "bad.csv");
        await File.WriteAllBytesAsync(file, Broken("no number")!);

        var told = (await Checkout.RunAsync("Profile", "--data", file)).Expect(0).Output;

        told.ShouldContain("48 rows, 17 columns. Cells break promises of BikeHour in 1: cnt.");
        told.ShouldContain("line 5");
        var page = Directory.GetFiles(Path.Combine(Checkout.Root, ".mlops", "reports"), "profile.html", SearchOption.AllDirectories)
            .ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(page)).ShouldContain("Wrong type");
    }

    [Fact]
    public async Task What_differs_between_two_files_is_shown_row_by_row()
    {
        var (before, now) = (Path.Combine(Checkout.Runtime, "before.csv"), Path.Combine(Checkout.Runtime, "now.csv"));
        var lines = BikeFile.Lines();
        await File.WriteAllLinesAsync(before, lines);
        await File.WriteAllLinesAsync(now, [lines[0], .. lines[2..^1], lines[^1][..lines[^1].LastIndexOf(',')] + ",999"]);

        var told = (await Checkout.RunAsync("DataDiff", before, now)).Expect(0).Output;

        told.ShouldMatch(@"now\.csv\s*\| 47\s*\| 0\s*\| 1\s*\| 1\s*\| 46");
        told.ShouldContain("→ 999");
        told.ShouldContain("Rows are told apart by dteday, hr.");
        var file = Directory.GetFiles(Path.Combine(Checkout.Root, ".mlops", "reports", "diffs")).ShouldHaveSingleItem();
        JsonDocument.Parse(await File.ReadAllBytesAsync(file)).RootElement.GetProperty("rows").GetProperty("removed").GetInt64()
            .ShouldBe(1);
        (await Checkout.RunAsync("DataDiff", before, "v7")).Expect(2).Output.ShouldContain("No data is called that 'v7'");
    }

    private static byte[]? Broken(string kind)
    {
        var lines = BikeFile.Lines();
        switch (kind)
        {
            case "missing file":
                return null;
            case "empty file":
                return [];
            case "header without rows":
                lines = [BikeFile.Header];
                break;
            case "wrong column":
                lines[0] = lines[0].Replace(",temp,", ",tmep,", StringComparison.Ordinal);
                break;
            case "missing column":
                lines = [.. lines.Select(line => line[..line.LastIndexOf(',')])];
                break;
            case "extra column":
                lines = [.. lines.Select((line, index) => line + (index == 0 ? ",more" : ",1"))];
                break;
            case "duplicate column":
                lines[0] = lines[0].Replace(",hum,", ",temp,", StringComparison.Ordinal);
                break;
            case "no number":
                lines[4] = lines[4][..lines[4].LastIndexOf(',')] + ",x";
                break;
            case "date out of order":
                (lines[1], lines[2]) = (lines[40], lines[1]);
                break;
            case "not UTF-8":
                return [.. Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), 0xFF, 0xFE];
            case "broken quote":
                lines[6] = "\"" + lines[6];
                break;
            default:
                throw new ArgumentException(kind);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }
}
