using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Behaviour;
using MlOpsBuild.Modeling.Behaviour.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Scoring;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Stages.Tests;

public sealed class BehaviourStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_test_is_judged_in_the_order_of_the_pipeline()
    {
        var outcomes = await new BehaviourStage().RunAsync(
            Input(t => t.Increasing(x => x.Temperature).Invariant(x => x.Hour, [1, 2])), _folder.Path, new Progress<string>(),
            CancellationToken.None);

        outcomes.Select(outcome => (outcome.Check, outcome.Verdict))
            .ShouldBe([("rises with temp from 0 to 1", Verdict.Passed), ("the same whatever hr is", Verdict.Failed)]);
    }

    [Fact]
    public void The_key_names_model_rows_tests_metric_and_seed()
    {
        var key = new BehaviourStage().Key(Input(t => t.Increasing(x => x.Temperature)));

        key.Select(part => part.Name).ShouldBe(["model", "rows", "metric", "seed", "tests", "hidden"]);
        new BehaviourStage().Key(Input(t => t.Decreasing(x => x.Temperature)))[4].Value.ShouldNotBe(key[4].Value);
    }

    private BehaviourInput Input(Action<BehaviourBuilder<Trip>> declare)
    {
        var builder = new BehaviourBuilder<Trip>(Trip.Contract, "");
        declare(builder);
        return new(
            Put("model.json", CanonicalJson.Serialize<TrainedModel>(Trip.Model)),
            Put("rows.jsonl", System.Text.Encoding.UTF8.GetBytes(string.Concat(Trip.Requests.Select(row => row.ToLine())))),
            Put("predictions.json", CanonicalJson.Serialize(Trip.Predictions)), builder.Tests, Metrics.Rmse, 1, ["Name"]);
    }

    private Artifact Put(string name, byte[] content)
    {
        File.WriteAllBytes(_folder[name], content);
        return new(Digest.Of(content), _folder[name]);
    }
}
