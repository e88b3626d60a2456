using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

/// <summary>What does not go together is told when the pipeline is defined.</summary>
public sealed class ClassPipelineTests
{
    public enum Colour
    {
        Red,
        Green,
        Blue,
    }

    [Fact]
    public void Flags_texts_enums_and_listed_numbers_are_classes_and_the_positive_one_is_the_second()
    {
        Binary<Flagged>(x => x.Label).Target.Classes.ShouldBe(new(["false", "true"]));
        Binary<Texts>(x => x.Label).Target.Classes.ShouldBe(new(["stays", "leaves"]));
        Many<Coloured>(x => x.Label).Target.Classes.ShouldBe(new(["Red", "Green", "Blue"]));
        Many<Graded>(x => x.Label).Target.Classes.ShouldBe(new(["3", "4", "5"]));
    }

    [Fact]
    public void Positions_follow_the_classes_whatever_the_column_holds()
    {
        double[] Positions<TRow>(string text) =>
            new TargetSpec(TargetTransform.Identity, new(LabelClasses.Of(ContractReader.Of<TRow>().Label)))
                .KnownOf(Modeling.Tests.Sample.Table<TRow>(text));

        Positions<Flagged>("X,Label\n1,1\n2,false\n").ShouldBe([1, 0]);
        Positions<Texts>("X,Label\n1,leaves\n2,stays\n").ShouldBe([1, 0]);
        Positions<Coloured>("X,Label\n1,Blue\n2,Red\n").ShouldBe([2, 0]);
        Positions<Graded>("X,Label\n1,5\n2,3\n").ShouldBe([2, 0]);
    }

    [Fact]
    public void A_share_of_classes_is_one_of_each_class() =>
        Binary<Flagged>(x => x.Label).HoldOut.ShouldBe(new RandomShare(0.2, Stratified: true));

    [Fact]
    public void Everything_that_does_not_suit_the_task_is_told_at_once()
    {
        var findings = Findings<Flagged>(p => p
            .HoldOut(share: 1.5)
            .Predict(x => x.Label, LearningTask.Multiclass, threshold: 2)
            .Target(TargetTransform.Log1p)
            .Train(new Numbers())
            .Gate(Metrics.Rmse, g => g.AtMost(1)).Gate(Metrics.LogLoss, g => g.Beats(Baseline.SameHourLastWeek)));

        findings.Select(finding => finding.What).ShouldBe(
        [
            "Classes have no scale", "Not a threshold", "The label has two classes", "Not a share", "The trainer predicts numbers only",
            "The metric does not measure this task", "The baseline does not predict this",
        ]);
    }

    [Fact]
    public void A_positive_class_must_be_said_where_nothing_tells_it() =>
        Findings<Unsaid>(p => Complete(p).Predict(x => x.Label, LearningTask.Binary))
            .ShouldHaveSingleItem()
            .Expected.ShouldBe("[Label(positive: \"yes\")]");

    [Fact]
    public void Rows_without_times_have_no_last_days_and_rows_with_times_are_not_drawn()
    {
        Findings<Flagged>(p => Complete(p).HoldOut(TimeSpan.FromDays(20)).Predict(x => x.Label, LearningTask.Binary))
            .ShouldHaveSingleItem()
            .What.ShouldBe("Rows without times have no last days");
        Findings<Timed>(p => Complete(p).Predict(x => x.Label, LearningTask.Binary))
            .ShouldHaveSingleItem()
            .What.ShouldStartWith("Rows with times are not held out at random");
    }

    [Fact]
    public void A_bound_on_the_wrong_side_is_refused() =>
        Should.Throw<UsageException>(() => Binary<Flagged>(x => x.Label, p => p.Gate(Metrics.AreaUnderRoc, g => g.AtMost(0.7))))
            .Findings[0].Expected.ShouldBe(".AtLeast(…)");

    [Fact]
    public void A_label_that_cannot_be_predicted_is_named()
    {
        Should.Throw<UsageException>(() => Binary<Free>(x => x.Label)).Findings.Select(finding => finding.What)
            .ShouldBe(["A label of texts must list its classes", "The label is no class"]);
        Should.Throw<UsageException>(() => Binary<Measured>(x => x.Label)).Findings.ShouldHaveSingleItem().What
            .ShouldBe("The label is no class");
        Should.Throw<UsageException>(() => ContractReader.Of<Wrong>())
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("The positive class is none of the label's");
    }

    private static PipelineSpec Binary<TRow>(
        System.Linq.Expressions.Expression<Func<TRow, object>> label, Action<PipelineDefinition<TRow>>? more = null) => Specify<TRow>(p =>
    {
        Complete(p).Predict(label, LearningTask.Binary);
        more?.Invoke(p);
    });

    private static PipelineSpec Many<TRow>(System.Linq.Expressions.Expression<Func<TRow, object>> label) =>
        Specify<TRow>(p => Complete(p).Predict(label, LearningTask.Multiclass));

    private static PipelineDefinition<TRow> Complete<TRow>(PipelineDefinition<TRow> pipeline) =>
        pipeline.HoldOut(share: 0.2).Train(Trainers.Linear()).Gate(Metrics.LogLoss, g => g.Beats(Baseline.ClassShares));

    private static PipelineSpec Specify<TRow>(Action<PipelineDefinition<TRow>> define) =>
        new Defined<TRow>(define).Specify(new Dictionary<string, string>());

    private static IReadOnlyList<Finding> Findings<TRow>(Action<PipelineDefinition<TRow>> define) =>
        Should.Throw<UsageException>(() => Specify(define)).Findings;

    private sealed class Defined<TRow>(Action<PipelineDefinition<TRow>> define) : ModelPipeline<TRow>
    {
        protected override void Define(PipelineDefinition<TRow> pipeline)
        {
            var x = System.Linq.Expressions.Expression.Parameter(typeof(TRow));
            define(pipeline.Data(DataSource.Files("*.csv")).Features(f => f.Number(
                System.Linq.Expressions.Expression.Lambda<Func<TRow, double>>(System.Linq.Expressions.Expression.Property(x, "X"), x))));
        }
    }

    private sealed record Numbers : TrainerSpec
    {
        public override string Kind => "numbers";

        public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed record Flagged(double X, [property: Label] bool Label);

    private sealed record Texts(double X, [property: Label(positive: "leaves"), Categories("leaves", "stays")] string Label);

    private sealed record Unsaid(double X, [property: Label, Categories("no", "yes")] string Label);

    private sealed record Coloured(double X, [property: Label] Colour Label);

    private sealed record Graded(double X, [property: Label, Categories("3", "4", "5")] int Label);

    private sealed record Timed([property: Timestamp] DateOnly Day, double X, [property: Label] bool Label);

    private sealed record Free(double X, [property: Label] string Label);

    private sealed record Measured(double X, [property: Label] double Label);

    private sealed record Wrong(double X, [property: Label(positive: "maybe"), Categories("no", "yes")] string Label);
}
