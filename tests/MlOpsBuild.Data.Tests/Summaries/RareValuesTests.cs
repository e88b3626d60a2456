using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;

namespace MlOpsBuild.Data.Summaries.Tests;

/// <summary>
/// Columns in which hardly a value comes twice are read by shorter ways: what they hold is counted to the cell all the same, whatever
/// stands between the values.
/// </summary>
public sealed class RareValuesTests
{
    private const int Rows = 120_000;
    private static readonly Progress<string> Quiet = new();
    private static readonly double[] Numbers = [.. Draw()];

    [Fact]
    public async Task Numbers_gaps_and_texts_are_told_apart_to_the_cell()
    {
        var column = (await OfAsync(Cells(), null)).Columns[0];

        (column.Count, column.Missing, column.Others).ShouldBe((Rows - (Rows / 40), Rows / 40, Rows / 100));
        double[] numbers = [.. Numbers.Where((_, row) => !IsMissing(row) && !IsText(row))];
        column.Numbers!.Mean.ShouldBe(numbers.Average(), 1e-12);
        (column.Numbers.Minimum, column.Numbers.Maximum).ShouldBe((numbers.Min(), numbers.Max()));
        column.Numbers.Histogram.Sum(bin => bin.Count).ShouldBe(numbers.Length - column.Numbers.Below - column.Numbers.Above);
        ((double)column.Distinct).ShouldBe(
            numbers.Distinct().Count() + (Rows / 100), 4 * column.DistinctError * Rows);
    }

    [Fact]
    public async Task Times_gaps_and_texts_are_told_apart_to_the_cell()
    {
        var column = (await OfAsync(Cells(), null)).Columns[1];

        (column.Count, column.Missing, column.Others).ShouldBe((Rows - (Rows / 40), Rows / 40, Rows / 100));
        DateTime[] times = [.. Enumerable.Range(0, Rows).Where(row => !IsMissing(row) && !IsText(row)).Select(Time)];
        (column.Times!.First, column.Times.Last).ShouldBe((times.Min(), times.Max()));
        column.Times.Backwards.ShouldBe(times.Zip(times.Skip(1)).Count(pair => pair.Second < pair.First));
        column.Times.Repeated.ShouldBe(times.Zip(times.Skip(1)).Count(pair => pair.Second == pair.First));
        column.Times.ByMonth.Sum(month => month.Rows).ShouldBe(times.Length);
    }

    [Fact]
    public async Task Broken_promises_are_counted_to_the_cell()
    {
        var contract = new DataContract("x", [
            Column(new("v", FieldKind.Real, -1, 1), true), Column(new("t", FieldKind.Time), false),
        ]);

        var columns = (await OfAsync(Cells(), contract)).Columns;

        Promises(columns[0]).ShouldBe([
            ("Out of range", Numbers.Where((number, row) => !IsMissing(row) && !IsText(row) && Math.Abs(number) > 1).Count()),
            ("Wrong type", Rows / 100),
        ]);
        Promises(columns[1]).ShouldBe([("Missing value", Rows / 40), ("Wrong type", Rows / 100)]);
    }

    [Fact]
    public async Task A_number_that_comes_often_among_others_is_found_and_counted()
    {
        var text = new StringBuilder("v\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(row % 3 == 0 ? 0.5 : Numbers[row]):0.######}\n");
        }

        var column = (await OfAsync(text.ToString(), null)).Columns[0];

        var often = column.Top.ShouldHaveSingleItem();
        often.Text.ShouldBe("0.5");
        often.Count.ShouldBeInRange((Rows / 3) - column.TopUndercount, Rows / 3);
        column.TopUndercount.ShouldBeLessThan(Rows / 200);
    }

    /// <summary>Whole numbers are promised, and a fraction stands among them.</summary>
    [Fact]
    public async Task A_fraction_among_whole_numbers_breaks_their_promise()
    {
        var text = new StringBuilder("v\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row}{(row == 100_000 ? ".5" : row == 100_001 ? ".0" : "")}\n");
        }

        var column = (await OfAsync(text.ToString(), new("x", [Column(new("v", FieldKind.Whole), false)]))).Columns[0];

        var broken = column.Promises.ShouldHaveSingleItem();
        (broken.Cells, broken.First, broken.Value).ShouldBe((1, "x.csv, line 100002", "100000.5"));
    }

    /// <summary>A day is a day, and not a time at midnight.</summary>
    [Fact]
    public async Task A_clock_time_among_days_breaks_their_promise()
    {
        var (text, random) = (new StringBuilder("v\n"), new SplitMix64(8));
        for (var row = 0; row < Rows; row++)
        {
            var day = DateOnly.FromDayNumber(random.NextInt(3_000_000));
            text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}{(row % 100 == 99 ? " 00:00" : "")}\n");
        }

        var column = (await OfAsync(text.ToString(), new("x", [Column(new("v", FieldKind.Date), false)]))).Columns[0];

        Promises(column).ShouldBe([("Wrong type", Rows / 100)]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Any_number_of_threads_gives_the_same_bytes(int threads) =>
        (await ScanAsync(threads)).ShouldBe(await ScanAsync(1));

    [Fact]
    public async Task A_file_that_ends_in_the_middle_is_told_and_nobody_waits_for_ever()
    {
        var broken = Encoding.UTF8.GetBytes(Cells());
        broken[broken.Length / 2] = 0xFF;

        var problem = await Should.ThrowAsync<StageFailedException>(() => TableSummarizer.OfAsync(
            "x.csv", [TableFile.Of("x.csv", broken)], null, Quiet, CancellationToken.None));

        problem.Findings[0].Code.ShouldBe("MLB1040");
    }

    [Fact]
    public async Task A_scan_that_is_cancelled_ends()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => TableSummarizer.OfAsync(
            "x.csv", [TableFile.Of("x.csv", Encoding.UTF8.GetBytes(Cells()))], null, Quiet, stop.Token));
    }

    private static IEnumerable<double> Draw()
    {
        var random = new SplitMix64(3);
        return Enumerable.Range(0, Rows).Select(_ => Math.Round(random.NextNormal(), 6));
    }

    private static bool IsMissing(int row) => row % 40 == 7;

    private static bool IsText(int row) => row % 100 == 3;

    private static DateTime Time(int row) => new DateTime(2020, 1, 1).AddSeconds((row * 37L % 1_000_003) * (row % 5 == 0 ? 1 : 60));

    // A number of ten is written with more signs than are read at once, and a time of ten with its fraction.
    private static string Cells()
    {
        var text = new StringBuilder("v,t\n");
        for (var row = 0; row < Rows; row++)
        {
            text.Append(
                    IsMissing(row) ? "" : IsText(row) ? "x"
                    : Numbers[row].ToString(row % 10 == 1 ? "0.000000000000" : "0.######", CultureInfo.InvariantCulture))
                .Append(',')
                .Append(IsMissing(row) ? "" : IsText(row) ? "2020-02-30 10:00:00"
                    : Time(row).ToString(row % 10 == 1 ? "yyyy-MM-dd'T'HH:mm:ss.00" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
                .Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string What, long Cells)> Promises(ColumnSummary column) =>
        column.Promises.Select(promise => (promise.What, promise.Cells)).Order();

    private static ColumnContract Column(FieldRule rule, bool nullable) =>
        new() { Rule = rule, Property = rule.Name, Role = ColumnRole.Feature, Nullable = nullable };

    private static Task<DataSummary> OfAsync(string text, DataContract? contract) => TableSummarizer.OfAsync(
        "x.csv", [TableFile.Of("x.csv", Encoding.UTF8.GetBytes(text))], contract, Quiet, CancellationToken.None);

    private static async Task<string> ScanAsync(int threads)
    {
        var file = TableFile.Of("x.csv", Encoding.UTF8.GetBytes(Cells()));
        await using var rows = await file.OpenRowsAsync([], false, CancellationToken.None);
        var table = new TableSketch(rows.Names, null);
        ICellReader[] cells = [new ContentReader(TableFormat.Usual), new ContentReader(TableFormat.Usual)];
        await new TableScan(new(file, rows, [0, 1], new()), table, cells, () => { }).RunAsync(threads, CancellationToken.None);
        return Encoding.UTF8.GetString(CanonicalJson.Serialize(
            new DataSummary("x", table.Rows, 0, table.Columns(), table.Correlations())));
    }
}
