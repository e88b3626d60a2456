using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class QuarantineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_few_broken_rows_are_left_out_and_written_down_with_the_reasons()
    {
        var result = await ReadAsync(0.5, "Id,Value,Secret\n1,1,a\nx,2000,b\n2,2,c\n2,3,d\n5,6\n3,3,e\n");

        result.Table!.Columns["Value"].ShouldBe([1, 2, 3]);
        (result.Rows, result.Quarantined).ShouldBe((6, 3));
        (await File.ReadAllLinesAsync(_folder["quarantine.csv"])).ShouldBe(
        [
            "file,place,reasons,Id,Value,Secret",
            "rows.csv,line 3,Id: Wrong type; Value: Out of range,x,2000,***",
            "rows.csv,line 5,Id: Repeated value,2,3,***",
            "rows.csv,line 6,Wrong number of fields,,,",
        ]);
    }

    /// <summary>A sound row was left out because of one that was left out before it.</summary>
    [Fact]
    public async Task A_row_that_is_left_out_is_nobodys_first()
    {
        var result = await ReadAsync(0.5, "Id,Value,Secret\n1,2000,a\n1,1,b\n2,2,c\n1,3,d\n");

        result.Table!.Columns["Value"].ShouldBe([1, 2]);
        result.Findings.ShouldContain(finding => finding.What == "Repeated value" && finding.Expected!.EndsWith("rows.csv, line 3"));
    }

    [Fact]
    public async Task More_of_them_fail_and_say_how_many()
    {
        var result = await ReadAsync(0.1, "Id,Value,Secret\n1,1,a\nx,2,b\n");

        result.Table.ShouldBeNull();
        result.Findings.Select(finding => (finding.What, finding.Value, finding.Expected))
            .ShouldContain(("More broken rows than may be left out", "1 of 2", "at most 10%"));
    }

    [Fact]
    public async Task Rows_of_which_all_are_broken_are_no_data() =>
        (await ReadAsync(0.99, "Id,Value,Secret\nx,1,a\n")).Table.ShouldBeNull();

    [Fact]
    public async Task Wrong_columns_and_unreadable_files_are_never_tolerated()
    {
        (await ReadAsync(0.9, "Id,Other,Secret\n1,1,a\n2,1,a\n")).Table.ShouldBeNull();
        (await ReadAsync(0.9, "Id,Value,Secret\n1,1,\"a\n")).Table.ShouldBeNull();
    }

    [Fact]
    public void Rows_read_are_those_accepted_and_those_left_out()
    {
        var cell = Gen.Elements("1", "2", "-1", "x", "", "\"", "\"a\"", "9,9", "1e3");
        var rows = Gen.Zip(cell, Gen.Zip(cell, cell))
            .Select(cells => $"{cells.Item1},{cells.Item2.Item1},{cells.Item2.Item2}")
            .NonEmptyListOf();

        Prop.ForAll(Arb.From(rows), lines =>
        {
            var result = ReadAsync(0.999, "Id,Value,Secret\n" + string.Join('\n', lines) + "\n").GetAwaiter().GetResult();
            var written = File.Exists(_folder["quarantine.csv"]) ? Count(File.ReadAllBytes(_folder["quarantine.csv"])) : 0;
            File.Delete(_folder["quarantine.csv"]);
            return result.Table == null
                ? result.Findings.Count > 0
                : result.Rows == result.Table.Rows + result.Quarantined && result.Quarantined == written;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    public void Dispose() => _folder.Dispose();

    private static long Count(byte[] quarantine)
    {
        var text = System.Text.Encoding.UTF8.GetString(quarantine);
        return text.Split('\n').Count(line => line.StartsWith("rows.csv,", StringComparison.Ordinal));
    }

    private async Task<ReadResult> ReadAsync(double share, string text)
    {
        using var quarantine = new QuarantineFile(_folder["quarantine.csv"]);
        return await TableReader.ReadAsync(
            [TableFile.Of("rows.csv", System.Text.Encoding.UTF8.GetBytes(text))], ContractReader.Of<Row>() with { Quarantine = share }, 0,
            quarantine, CancellationToken.None);
    }

    private sealed record Row(
        [property: Unique] int Id,
        [property: Label, Range(0, 1000)] double Value,
        [property: PersonalData] string Secret);
}
