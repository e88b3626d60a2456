using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Summaries.Tests;

/// <summary>Files are summarised in one pass: counted where there is room, within stated bounds where there is none.</summary>
public sealed class TableSummarizerTests
{
    private static readonly Progress<string> Quiet = new();

    [Fact]
    public async Task Cells_are_told_apart_by_what_they_hold()
    {
        var summary =
            await OfAsync("n,flag,day,text\n1,true,2024-01-01,a\n1.0,false,2024-01-03,b\n,true,2024-01-03,a\n3,true,2024-01-04,\n");

        summary.Columns.Select(column => column.Kind).ShouldBe([CellKind.Number, CellKind.Flag, CellKind.Time, CellKind.Text]);
        summary.Columns.Select(column => column.Missing).ShouldBe([1, 0, 0, 1]);
        summary.Columns.Select(column => column.Distinct).ShouldBe([2, 2, 3, 2], "1 and 1.0 are one value");
        summary.Columns[0].Numbers!.Mean.ShouldBe(5.0 / 3, 1e-12);
        summary.Columns[2].Times!.MissingDays.ShouldBe(1);
        summary.Columns[3].Top[0].ShouldBe(new FrequentValue("a", 2));
    }

    [Fact]
    public async Task Broken_rows_are_counted_and_named()
    {
        var summary = await OfAsync("a,b\n1,2\n3\n4,5\n");

        (summary.Rows, summary.Broken).ShouldBe((3, 1));
        summary.Findings.ShouldHaveSingleItem().Where.ShouldBe("x.csv, line 3");
    }

    [Fact]
    public async Task A_column_named_like_persons_shows_no_value()
    {
        var summary = await OfAsync("email,n\na@b.c,1\na@b.c,2\n");

        summary.Columns[0].IsHidden.ShouldBeTrue();
        Encoding.UTF8.GetString(CanonicalJson.Serialize(summary)).ShouldNotContain("a@b.c");
    }

    [Fact]
    public async Task Files_with_other_columns_are_refused()
    {
        var problem = await Should.ThrowAsync<StageFailedException>(() => TableSummarizer.OfAsync(
            "x", [File("1.csv", "a,b\n1,2\n"), File("2.csv", "a,c\n1,2\n")], null, Quiet, CancellationToken.None));
        problem.Findings[0].Where.ShouldBe("2.csv, header");
    }

    [Fact]
    public async Task Many_values_are_sketched_within_the_stated_bounds()
    {
        const int rows = 200_000;
        var random = new SplitMix64(7);
        var text = new StringBuilder("value,often\n");
        for (var row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{random.NextInt(10_000_000)},{(row % 3 == 0 ? 42 : random.NextInt(10_000_000))}\n");
        }

        var summary = await OfAsync(text.ToString());

        var value = summary.Columns[0];
        value.DistinctError.ShouldBeGreaterThan(0);
        ((double)value.Distinct).ShouldBe(198_000, 4 * value.DistinctError * 198_000);
        value.Numbers!.RankError.ShouldBeInRange(0.0001, 0.005);
        value.Numbers.Quantiles[3].ShouldBe(5_000_000, 10_000_000 * (value.Numbers.RankError + 0.004));
        value.Numbers.Histogram.Sum(bin => bin.Count).ShouldBe(rows);
        value.Top.ShouldBeEmpty("nothing occurs often");
        var often = summary.Columns[1].Top.ShouldHaveSingleItem();
        often.Text.ShouldBe("42");
        often.Count.ShouldBeInRange((rows / 3) - summary.Columns[1].TopUndercount, (rows / 3) + 2);
    }

    [Fact]
    public async Task Parts_give_what_the_whole_gives()
    {
        string[] lines = [.. Enumerable.Range(0, 30_000)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row * 7 % 1009},{(row % 5 == 0 ? "" : row % 13)},{row * 3.25}"))];
        var whole = await OfAsync("a,b,c\n" + string.Join('\n', lines));
        var parts = await TableSummarizer.OfAsync(
            "x.csv", [.. lines.Chunk(7001).Select((part, index) => File($"{index}.csv", "a,b,c\n" + string.Join('\n', part)))], null, Quiet,
            CancellationToken.None);

        parts.Rows.ShouldBe(whole.Rows);
        foreach (var (one, other) in parts.Columns.Zip(whole.Columns))
        {
            (one.Count, one.Missing).ShouldBe((other.Count, other.Missing));
            one.Numbers!.Mean.ShouldBe(other.Numbers!.Mean, 1e-9 * Math.Abs(other.Numbers.Mean));
            one.Numbers.StandardDeviation.ShouldBe(other.Numbers.StandardDeviation, 1e-9 * other.Numbers.StandardDeviation);
            (one.Numbers.Minimum, one.Numbers.Maximum).ShouldBe((other.Numbers.Minimum, other.Numbers.Maximum));
        }

        parts.Columns[0].Top.ShouldBe(whole.Columns[0].Top);
        parts.Correlations.Select(pair => pair.Value).ShouldBe(whole.Correlations.Select(pair => pair.Value), 1e-9);
    }

    [Fact]
    public async Task Numbers_that_only_some_parts_of_a_file_have_correlate_over_those()
    {
        // Eight thousand rows are looked at at once: the first few of them, and many later, have no number.
        var text = new StringBuilder("a,b,c\n");
        for (var row = 0; row < 40_000; row++)
        {
            var has = row is > 100 and < 3_000 or > 35_000;
            text.Append(CultureInfo.InvariantCulture, $"{row % 997},{(has ? (row % 997) * 2 : "none")},{(row % 7 == 0 ? "" : row % 5)}\n");
        }

        var summary = await OfAsync(text.ToString());

        summary.Correlations.ShouldContain(pair => pair.First == "a" && pair.Second == "b" && pair.Value > 1 - 1e-9);
        summary.Columns[1].Count.ShouldBe(40_000);
        summary.Columns[1].Kind.ShouldBe(CellKind.Text);
    }

    [Fact]
    public async Task Cells_are_the_same_however_they_stand_in_the_file()
    {
        var plain = await OfAsync("a,b\n1.5,x\n-2,\"\"\n3,y z\n");
        var other = await OfAsync("a,b\r\n 1.5 ,\"x\"\r\n\"-2\",\r\n3\t,  y z \r\n");

        other.Columns.ShouldBeEquivalentTo(plain.Columns);
        (await OfAsync("a,b\n1,\"say \"\"x\"\"\"\n")).Columns[1].Top.ShouldBeEmpty();
        (await OfAsync("a,b\n1,\"say \"\"x\"\"\"\n2,\"say \"\"x\"\"\"\n")).Columns[1].Top[0].Text.ShouldBe("say \"x\"");
    }

    /// <summary>A first row that is longer than what is looked at before made a file without rows of it.</summary>
    [Theory]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task A_long_first_row_is_a_row(int length)
    {
        var cell = string.Concat(Enumerable.Repeat("long, text;\n", length / 12));

        foreach (var text in new[] { $"a,b\n1,\"{cell}\"\n2,x\n", $"a,b\n1,{new string('y', length)}\n2,x\n" })
        {
            var summary = await OfAsync(text);
            (summary.Rows, summary.Columns[0].Name, summary.Columns[1].Count).ShouldBe((2, "a", 2));
        }

        var lines = await TableSummarizer.OfAsync(
            "x", [File("x.jsonl", $"{{\"a\":\"{new string('y', length)}\",\"b\":1}}\n{{\"a\":\"z\",\"b\":2}}\n")], null, Quiet,
            CancellationToken.None);
        (lines.Rows, lines.Columns[1].Name, lines.Columns[1].Numbers!.Maximum).ShouldBe((2, "b", 2));
    }

    [Fact]
    public async Task The_end_of_time_is_a_time()
    {
        var summary = await OfAsync("t,v\n2024-01-01,1\n9999-12-31 23:59:59.9999999,2\n");

        summary.Columns[0].Times!.Last.Year.ShouldBe(9999);
    }

    [Fact]
    public async Task Values_beyond_what_a_number_keeps_are_told_apart_by_their_texts()
    {
        var text = new StringBuilder("id,at\n");
        for (var row = 0; row < 3000; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{1_234_567_890_123_456_000 + row},2024-01-01T00:00:00.{row:0000}00\n");
        }

        var summary = await OfAsync(text.ToString());

        summary.Columns.Select(column => column.Distinct).ShouldBe([3000, 3000]);
        summary.Columns[1].Times!.Repeated.ShouldBe(0);
    }

    [Fact]
    public async Task A_bar_for_one_value_counts_that_value_alone()
    {
        string[] values = [.. Enumerable.Repeat("0", 1995), "1000", "1000", "1000", "-5", "-5"];
        var numbers = (await OfAsync("v\n" + string.Join('\n', values) + "\n")).Columns[0].Numbers!;

        (numbers.Histogram.ShouldHaveSingleItem().Count, numbers.Below, numbers.Above).ShouldBe((1995, 2, 3));
    }

    [Fact]
    public async Task A_usual_step_is_found_after_thousands_of_others_and_repeated_times_are_all_counted()
    {
        var (text, time) = (new StringBuilder("t\n"), new DateTime(2000, 1, 1));
        for (var row = 0; row < 5000; row++)
        {
            time = time.AddSeconds(row + 1);
            text.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss}\n");
        }

        for (var row = 0; row < 103_000; row++)
        {
            time = time.AddMinutes(row < 3000 ? 0 : 120);
            text.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss}\n");
        }

        var times = (await OfAsync(text.ToString())).Columns[0].Times!;
        (times.Repeated, times.Step).ShouldBe((3000, TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task What_is_constant_where_the_other_has_values_correlates_with_nothing()
    {
        var text = new StringBuilder("x,y\n");
        for (var row = 0; row < 20_000; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(row % 2 == 1 ? $"5.3,{row}" : $"{10_000_000 + (row * 37 % 999_983)},")}\n");
        }

        (await OfAsync(text.ToString())).Correlations.ShouldBeEmpty();
    }

    [RealDataFact]
    public async Task The_bike_file_has_its_published_profile()
    {
        var summary = await TableSummarizer.OfAsync(
            "hour.csv", [TableFile.At(RealData.HourFile!, "hour.csv", Formats.TableFormat.Usual)], ContractReader.Of<RentalHour>(), Quiet,
            CancellationToken.None);

        summary.KeepsPromises.ShouldBeTrue();
        var column = summary.Columns.Single(column => column.Name == "cnt");
        (column.Count, column.Missing, column.Distinct).ShouldBe((17379, 0, 869));
        var numbers = column.Numbers!;
        numbers.Mean.ShouldBe(189.46308763450142, 1e-9);
        numbers.StandardDeviation.ShouldBe(181.38759909186473, 1e-9);
        (numbers.Minimum, numbers.Maximum).ShouldBe((1, 977));
        numbers.Quantiles.ShouldBe([2, 5, 40, 142, 281, 563.1, 782.22], 1e-9);
        numbers.Skewness.ShouldBe(1.2773013463494975, 1e-9);
        numbers.Kurtosis.ShouldBe(1.4164503546887417, 1e-9);
        Correlation("temp", "cnt").ShouldBe(0.40477227577865194, 1e-9);
        Correlation("temp", "atemp").ShouldBe(0.9876721390396355, 1e-9);
        var times = summary.Columns.Single(column => column.Name == "dteday").Times!;
        (times.Step, times.MissingRows, times.MissingDays).ShouldBe((TimeSpan.FromHours(1), 165, 0));

        double Correlation(string one, string other) =>
            summary.Correlations.Single(pair => (pair.First, pair.Second) == (one, other)).Value;
    }

    private static Task<DataSummary> OfAsync(string text) =>
        TableSummarizer.OfAsync("x.csv", [File("x.csv", text)], null, Quiet, CancellationToken.None);

    private static TableFile File(string name, string text) => TableFile.Of(name, Encoding.UTF8.GetBytes(text));
}
