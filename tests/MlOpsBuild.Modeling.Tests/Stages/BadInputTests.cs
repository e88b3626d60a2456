using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Stages.Tests;

/// <summary>Data and models from which nothing can be learned: one clear finding each.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly StageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_class_that_is_held_out_only_is_named()
    {
        var spec = new Classes(p => p.HoldOut(DataSource.Files("test.csv"))).Specify();
        var data = new Data.Stages.SnapshotFiles(
            ["train.csv", "test.csv"],
            [Rows(120, row => row % 2 == 0 ? "a" : "b"), Rows(120, row => row % 3 == 0 ? "c" : "a")]) { HeldOut = 1 };

        var finding = (await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(new TrainStage(), new TrainInput(data, spec))))
            .Findings.ShouldHaveSingleItem();

        (finding.What, finding.Value).ShouldBe(("A class is held out only", "c"));
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("trees")]
    public async Task Rows_of_one_class_are_nothing_to_tell_apart(string family)
    {
        var spec = new Classes(p => p.Train(family == "linear" ? Trainers.Linear() : Trainers.FastTree())).Specify();

        var finding = (await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(
            new TrainStage(), new TrainInput(new(["rows.csv"], [Rows(300, _ => "a")]), spec))))
            .Findings.ShouldHaveSingleItem();

        (finding.What, finding.Value).ShouldBe(("Every training row is of one class", "a"));
    }

    [Theory]
    [InlineData("1e308")]
    [InlineData("-1e31")]
    public void A_label_that_no_trainer_can_square_is_named(string label)
    {
        var rows = Modeling.Tests.Sample.Table<Number>("X,Value\n1,2\n2,3\n3," + label + "\n");

        var finding = Should.Throw<StageFailedException>(() => Modeling.Tests.Fitted.By(Trainers.Linear(), rows, [new NumberFeature("X")]))
            .Findings.ShouldHaveSingleItem();

        (finding.What, finding.Expected).ShouldBe(("A label cannot be fitted", "a number up to 1e30"));
    }

    [Fact]
    public async Task A_model_of_another_task_does_not_score_these_rows()
    {
        var spec = new Classes().Specify();
        var numbers = Modeling.Tests.Fitted.By(
            Trainers.Linear(), Modeling.Tests.Sample.Table<Number>("X,Value\n1,2\n2,3\n3,5\n"), [new NumberFeature("X")]);
        var model = _folder.Write("numbers.json", CanonicalJson.Serialize(numbers));

        var failure = await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(
            new EvaluateStage(),
            new EvaluateInput(model, HoldOutRows.Of(new(["rows.csv"], [Rows(300, row => "abc"[row % 3].ToString())]), spec))));

        failure.Verdict.ShouldBe(Verdict.Error);
        failure.Findings[0].ShouldBe(
            new("MLB2023", "The model predicts something else", "model", "numbers", "classes a, b, c", "take a model of this task"));
    }

    [Fact]
    public void More_columns_than_rows_are_fitted_all_the_same()
    {
        var text = "Name,Value\n"
            + string.Concat(Enumerable.Range(0, 60).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},{row % 2}\n")));
        var rows = Modeling.Tests.Sample.Table<Named>(text);

        foreach (var target in (TargetSpec[])[new(TargetTransform.Identity), new(TargetTransform.Identity, new(["0", "1"]))])
        {
            var model = Modeling.Tests.Fitted.By(
                Trainers.Linear(), rows, [new OneHotFeature("Name"), new NumberFeature("Name"), new SquareFeature("Name")], target);
            (model.Predict([1]).Value - model.Predict([2]).Value).ShouldBeGreaterThan(0.05);
        }
    }

    [Fact]
    public async Task Rows_whose_label_is_not_known_yet_are_left_out_and_told()
    {
        var told = new List<string>();
        var spec = new Classes().Specify();
        var data = new Data.Stages.SnapshotFiles(["rows.csv"], [Rows(300, row => row >= 270 ? "" : "abc"[row % 3].ToString())]);

        var summary = await new TrainStage().RunAsync(
            new TrainInput(data, spec), Directory.CreateTempSubdirectory("mlops-test-").FullName, new Collecting(told),
            CancellationToken.None);

        (summary.Rows + summary.HeldOut).ShouldBe(270);
        told.ShouldContain("30 rows without a label are in neither part");
    }

    private Artifact Rows(int count, Func<int, string> label) => _folder.Write(
        $"rows-{count}-{label(0)}-{label(1)}-{label(count - 1)}.csv",
        System.Text.Encoding.UTF8.GetBytes("X,Label\n" + string.Concat(Enumerable.Range(0, count).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{(row * 7919 % 1000) * 0.37},{label(row)}\n")))));

    private sealed class Collecting(List<string> told) : IProgress<string>
    {
        public void Report(string value) => told.Add(value);
    }

    private sealed class Classes(Action<PipelineDefinition<Row>>? more = null) : ModelPipeline<Row>
    {
        public PipelineSpec Specify() => Specify(new Dictionary<string, string>());

        protected override void Define(PipelineDefinition<Row> pipeline)
        {
            pipeline.Data(DataSource.Files("*.csv"))
                .HoldOut(share: 0.25)
                .Predict(x => x.Label, LearningTask.Multiclass)
                .Features(f => f.Number(x => x.X))
                .Train(Trainers.Linear())
                .Gate(Metrics.LogLoss, g => g.Beats(Baseline.ClassShares));
            more?.Invoke(pipeline);
        }
    }

    private sealed record Row(double X, [property: Label, Categories("a", "b", "c")] string? Label);

    private sealed record Number(double X, [property: Label] double Value);

    private sealed record Named(int Name, [property: Label, Categories("0", "1")] int Value);
}
