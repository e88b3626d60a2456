using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Expectations;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

/// <summary>What a pipeline says of its data.</summary>
public sealed class PipelineDataTests
{
    [Fact]
    public void It_is_part_of_the_contract()
    {
        var contract = Specify(p => p
            .Quarantine(upTo: 0.01)
            .Expect(e => e.Rows(10))
            .Expect(e => e.Rule("positive", x => x.Value > 0, Severity.Warning))).Contract;

        contract.Quarantine.ShouldBe(0.01);
        contract.Expectations!.Select(expectation => expectation.Severity).ShouldBe([Severity.Error, Severity.Warning]);
    }

    [Fact]
    public void What_it_does_not_say_is_not_in_it()
    {
        var written = System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(Specify(_ => { }).Contract));

        written.ShouldNotContain("quarantine");
        written.ShouldNotContain("expectations");
    }

    [Fact]
    public void What_cannot_be_is_told_at_once() =>
        Should
            .Throw<UsageException>(
                () => Specify(p => p.Quarantine(upTo: 1).Expect(e => e.StuckAtMost(x => x.X, 0).Every(TimeSpan.FromHours(1)))))
            .Findings.Select(finding => finding.What)
            .ShouldBe(["No share of rows", "This cannot be expected of rows", "This cannot be expected of rows"]);

    private static PipelineSpec Specify(Action<PipelineDefinition<Row>> more) => new Pipeline(more).Spec();

    private sealed class Pipeline(Action<PipelineDefinition<Row>> more) : ModelPipeline<Row>
    {
        public PipelineSpec Spec() => Specify(new Dictionary<string, string>());

        protected override void Define(PipelineDefinition<Row> pipeline)
        {
            pipeline.Data(DataSource.Files("*.csv"))
                .HoldOut(share: 0.25)
                .Predict(x => x.Value, LearningTask.Regression)
                .Features(f => f.Number(x => x.X))
                .Train(Trainers.Linear())
                .Gate(Metrics.Rmse, g => g.Beats(Baseline.TrainingMean));
            more(pipeline);
        }
    }

    private sealed record Row(double X, [property: Label] double Value);
}
