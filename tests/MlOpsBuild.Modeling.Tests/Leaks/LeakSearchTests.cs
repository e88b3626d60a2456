using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Data;

namespace MlOpsBuild.Modeling.Leaks.Tests;

public sealed class LeakSearchTests
{
    private static readonly SplitMix64 Random = new(1);
    private static readonly double[] Noise = [.. Enumerable.Range(0, 2000).Select(_ => Random.NextNormal())];

    [Fact]
    public void Rows_without_a_leak_are_none() =>
        Search(row => [Noise[row], Noise[(row + 7) % 2000], Noise[row] + Noise[(row + 500) % 2000]]).ShouldBeEmpty();

    [Fact]
    public void A_column_that_equals_the_label_is_found() =>
        Search(row => [Noise[row], Noise[(row + 7) % 2000], Noise[row]]).ShouldHaveSingleItem().ShouldBe(
            new(LeakKind.LabelCopy, ["A"], "equal to the label in 100% of the rows"), Same);

    [Fact]
    public void A_column_from_which_the_label_follows_is_found_whatever_the_form()
    {
        var leak = Search(row => [Noise[row], Noise[(row + 7) % 2000], Math.Exp(Noise[row]) + (0.001 * Noise[(row + 3) % 2000])])
            .ShouldHaveSingleItem();

        (leak.Kind, leak.Columns[0]).ShouldBe((LeakKind.LabelCopy, "A"));
        leak.Evidence.ShouldStartWith("explains 99.");
    }

    [Fact]
    public void Two_columns_that_add_up_to_the_label_are_found_with_their_weights()
    {
        var leak = Search(row => [Noise[row], Noise[(row + 7) % 2000], (2 * Noise[row]) - Noise[(row + 7) % 2000]]).ShouldHaveSingleItem();

        (leak.Kind, string.Join(' ', leak.Columns)).ShouldBe((LeakKind.LabelSum, "A B"));
        leak.Evidence.ShouldStartWith("the label is 2 × A − 1 × B ");
    }

    /// <summary>One missing cell of 2,000 hid it.</summary>
    [Theory]
    [InlineData(700)]
    [InlineData(3)]
    public void Gaps_hide_no_sum(int every)
    {
        var (spec, table) = (new Rows().Spec(), Modeling.Tests.Sample.Table<Row>(
            Text(row => [Noise[row], Noise[(row + 7) % 2000], (2 * Noise[row]) - Noise[(row + 7) % 2000]])));
        for (var row = 1; row < table.Rows; row += every)
        {
            table.Columns["B"][row] = double.NaN;
        }

        LeakSearch.Of(table, spec, spec.HoldOut.Split(table, 1)).ShouldHaveSingleItem().Kind.ShouldBe(LeakKind.LabelSum);
    }

    [Fact]
    public void What_goes_with_the_next_label_is_found_and_what_the_past_tells_as_well_is_not()
    {
        Search(row => [(2 * Noise[(row + 1) % 2000]) + 3 + (0.05 * Noise[(row + 400) % 2000]), Noise[(row + 7) % 2000], Noise[row]])
            .ShouldHaveSingleItem()
            .Evidence.ShouldStartWith("explains 99.");
        var walk = new double[2001];
        for (var row = 1; row < walk.Length; row++)
        {
            walk[row] = walk[row - 1] + Noise[row % 2000];
        }

        Search(row => [walk[row + 1] + Noise[(row + 400) % 2000], Noise[(row + 7) % 2000], walk[row]])
            .ShouldNotContain(leak => leak.Kind == LeakKind.ShiftedLabel);
    }

    [Fact]
    public void Numbers_that_rank_as_the_rows_do_are_found()
    {
        Search(row => [1000 + (3 * (row ^ 3)), Noise[(row + 7) % 2000], Noise[row]]).ShouldHaveSingleItem()
            .Kind.ShouldBe(LeakKind.RowNumber);
        Search(row => [row / 24, Noise[(row + 7) % 2000], Noise[row]]).ShouldBeEmpty("days are no numbers of rows");
    }

    [Theory]
    [InlineData(1, "equal to the label of the next row in 100% of the rows")]
    [InlineData(-1, "equal to the label of the row before in 100% of the rows")]
    public void The_label_of_another_row_is_found(int shift, string evidence) =>
        Search(row => [Noise[(row + shift + 2000) % 2000], Noise[(row + 7) % 2000], Noise[row]]).ShouldHaveSingleItem()
            .ShouldBe(new(LeakKind.ShiftedLabel, ["A"], evidence), Same);

    [Fact]
    public void A_number_of_the_row_is_found() =>
        Search(row => [1000 + (3 * row), Noise[(row + 7) % 2000], Noise[row]]).ShouldHaveSingleItem().Kind.ShouldBe(LeakKind.RowNumber);

    [Fact]
    public void What_the_pipeline_allows_is_told_with_its_reason_and_let_through()
    {
        var leaks = Search(row => [Noise[row], Noise[(row + 7) % 2000], Noise[row]], p => p.AllowLeak(x => x.A, "a meter reads it before"));

        leaks.ShouldHaveSingleItem().Allowed.ShouldBe("a meter reads it before");
        LeakSearch.Require(leaks);
    }

    [Fact]
    public void What_it_does_not_allow_fails_all_at_once()
    {
        var failure = Should.Throw<StageFailedException>(() => LeakSearch.Require(Search(row => [Noise[row], row, Noise[row]])));

        (failure.ExitCode, failure.Findings.Count).ShouldBe((ExitCodes.GateSaidNo, 2));
        failure.Findings[0].Fix!.ShouldContain(".AllowLeak(");
    }

    [Fact]
    public void A_reason_has_to_be_given() =>
        Should.Throw<UsageException>(() => new Rows(p => p.AllowLeak(x => x.A, " ")).Spec())
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("A leak is allowed without a reason");

    [Fact]
    public void A_class_that_follows_from_one_column_is_found_and_a_good_feature_is_none()
    {
        Of<Classed>(new Classes().Spec(), "X,Label\n" + Lines(row => $"{Noise[row]:R},{(Noise[row] > 0.3 ? "yes" : "no")}"))
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(LeakKind.LabelCopy);
        Of<Classed>(
            new Classes().Spec(),
            "X,Label\n" + Lines(row => $"{Noise[row]:R},{(Noise[row] + (0.2 * Noise[(row + 9) % 2000]) > 0.3 ? "yes" : "no")}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Groups_that_are_alike_on_both_sides_of_a_draw_are_found()
    {
        var leaks = Of<Grouped>(
            new Groups().Spec(),
            "House,X,Value\n" + Lines(row => $"{row / 4},{Noise[row]:R},{Noise[row / 4] + (0.3 * Noise[(row + 11) % 2000]):R}"));

        (leaks.ShouldHaveSingleItem().Kind, leaks[0].Columns[0]).ShouldBe((LeakKind.SharedGroups, "House"));
        Of<Grouped>(new Groups().Spec(), "House,X,Value\n" + Lines(row => $"{row / 4},{Noise[row]:R},{Noise[(row + 11) % 2000]:R}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Rows_of_the_training_files_in_the_held_out_ones_are_found()
    {
        var text = "House,X,Value\n" + Lines(row => $"{row},{Noise[row]:R},{Noise[(row + 11) % 2000]:R}");
        var spec = new Groups(p => p.HoldOut(DataSource.Files("test.csv"))).Spec();
        var files = new[]
        {
            ("train.csv", Encoding.UTF8.GetBytes(text)),
            ("test.csv", Encoding.UTF8.GetBytes(string.Join('\n', text.Split('\n')[..200]) + "\n"))
        };
        var table = MemoryFiles.Read(files, spec.Contract, 1, CancellationToken.None).Table!;

        var leaks = LeakSearch.Of(table, spec, spec.HoldOut.Split(table, 1));

        leaks.ShouldHaveSingleItem().Evidence.ShouldBe("199 of 199 held-out rows are among those trained on");
    }

    /// <summary>The more rows are there twice, the fewer are different.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    public void Rows_that_were_copied_are_found_however_many_they_are(int times, bool found) => Of<Grouped>(
        new Groups().Spec(),
        "House,X,Value\n" + Lines(row => $"{row},{Noise[row / times]:R},{(Noise[((row / times) + 300) % 2000] > 0 ? 1 : 0)}"))
        .Any(leak => leak.Kind == LeakKind.SharedRows).ShouldBe(found);

    [Fact]
    public void Rows_of_few_values_that_are_equal_by_chance_are_no_copies() => Of<Grouped>(
        new Groups().Spec(), "House,X,Value\n" + Lines(row => $"{row},{Math.Round(Noise[row], 2)},{(Noise[(row + 300) % 2000] > 0 ? 1 : 0)}"))
        .ShouldBeEmpty();

    /// <summary>They gave R² 1.000 and passed.</summary>
    [RealDataFact]
    public void Casual_and_registered_are_found_on_the_real_file_and_its_usual_features_are_not()
    {
        var table = Modeling.Tests.HourData.Table;
        var spec = new global::Pipelines.BikeDemand().Specify(new Dictionary<string, string>());
        var leaking = spec with { Features = [.. spec.Features, new NumberFeature("casual"), new NumberFeature("registered")] };

        LeakSearch.Of(table, spec, spec.HoldOut.Split(table, 1)).ShouldBeEmpty();
        var leak = LeakSearch.Of(table, leaking, spec.HoldOut.Split(table, 1)).ShouldHaveSingleItem();
        (leak.Kind, string.Join(' ', leak.Columns)).ShouldBe((LeakKind.LabelSum, "casual registered"));
        leak.Evidence.ShouldStartWith("the label is 1 × casual + 1 × registered");
        LeakSearch.Of(table, spec with { Features = [.. spec.Features, new NumberFeature("instant")] }, spec.HoldOut.Split(table, 1))
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(LeakKind.RowNumber);
    }

    private static readonly IEqualityComparer<Leak> Same = EqualityComparer<Leak>.Create(
        (a, b) => a!.ToString() == b!.ToString() && a.Columns.SequenceEqual(b.Columns), leak => (int)leak.Kind);

    private static string Lines(Func<int, FormattableString> line) =>
        string.Concat(Enumerable.Range(0, 2000).Select(row => FormattableString.Invariant(line(row)) + "\n"));

    private static IReadOnlyList<Leak> Search(Func<int, double[]> row, Action<PipelineDefinition<Row>>? more = null) =>
        Of<Row>(new Rows(more).Spec(), Text(row));

    private static string Text(Func<int, double[]> row) =>
        "Day,Hour,A,B,Value\n" + string.Concat(Enumerable.Range(0, 2000).Select(at => string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateTime(2011, 1, 1).AddDays(at / 24):yyyy-MM-dd},{at % 24},{string.Join(',', row(at).Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}\n")));

    private static IReadOnlyList<Leak> Of<TRow>(PipelineSpec spec, string text)
    {
        var table = Modeling.Tests.Sample.Table<TRow>(text);
        return LeakSearch.Of(table, spec, spec.HoldOut.Split(table, 1));
    }

    private sealed class Rows(Action<PipelineDefinition<Row>>? more = null) : ModelPipeline<Row>
    {
        public PipelineSpec Spec() => Specify(new Dictionary<string, string>());

        protected override void Define(PipelineDefinition<Row> pipeline)
        {
            pipeline.Data(DataSource.Files("*.csv"))
                .HoldOut(last: TimeSpan.FromDays(20))
                .Predict(x => x.Value, LearningTask.Regression)
                .Features(f => f.Number(x => x.A).Number(x => x.B))
                .Train(Trainers.Linear()).Gate(Metrics.Rmse, g => g.Beats(Baseline.TrainingMean));
            more?.Invoke(pipeline);
        }
    }

    private sealed class Classes : ModelPipeline<Classed>
    {
        public PipelineSpec Spec() => Specify(new Dictionary<string, string>());

        protected override void Define(PipelineDefinition<Classed> pipeline) => pipeline
            .Data(DataSource.Files("*.csv"))
            .HoldOut(share: 0.25)
            .Predict(x => x.Label, LearningTask.Binary)
            .Features(f => f.Number(x => x.X))
            .Train(Trainers.Linear())
            .Gate(Metrics.LogLoss, g => g.Beats(Baseline.ClassShares));
    }

    private sealed class Groups(Action<PipelineDefinition<Grouped>>? more = null) : ModelPipeline<Grouped>
    {
        public PipelineSpec Spec() => Specify(new Dictionary<string, string>());

        protected override void Define(PipelineDefinition<Grouped> pipeline)
        {
            pipeline.Data(DataSource.Files("*.csv"))
                .HoldOut(share: 0.25)
                .Predict(x => x.Value, LearningTask.Regression)
                .Features(f => f.Number(x => x.X))
                .Train(Trainers.Linear())
                .Gate(Metrics.Rmse, g => g.Beats(Baseline.TrainingMean));
            more?.Invoke(pipeline);
        }
    }

    private sealed record Row(
        [property: Timestamp] DateOnly Day,
        [property: Timestamp(TimestampPart.Hour)] int Hour,
        double A,
        double B,
        [property: Label] double Value);

    private sealed record Classed(double X, [property: Label(positive: "yes"), Categories("no", "yes")] string Label);

    private sealed record Grouped(int House, double X, [property: Label] double Value);
}
