using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Stages.Tests;

public sealed class TestStageTests : IDisposable
{
    private static readonly GateSpec Gate = new()
    {
        Metric = Metrics.Rmse, Bound = 3, Baseline = Baseline.TrainingMean, ChampionMargin = 0.1
    };
    private readonly StageFolder _folder = new();

    [Fact]
    public async Task A_good_candidate_passes_every_gate_with_all_predictors_listed()
    {
        var evidence = await JudgeAsync(Input(Set("candidate", 1), Set("champion", 2)));

        evidence.Verdict.ShouldBe(Verdict.Passed);
        evidence.Gates.Count.ShouldBe(3);
        evidence.Predictors.Keys.ShouldBe(["candidate", "champion", "training mean"]);
        evidence.Predictors["champion"].Single(metric => metric.Name == "RMSE").Value.ShouldBe(2);
        evidence.Metrics.ShouldBe(evidence.Predictors["candidate"]);
    }

    [Fact]
    public async Task A_bad_candidate_fails_in_the_result_and_not_by_exception() =>
        (await JudgeAsync(Input(Set("candidate", 5), null))).Verdict.ShouldBe(Verdict.Failed);

    [Fact]
    public async Task A_champion_with_a_problem_is_an_error() =>
        (await JudgeAsync(Input(Set("candidate", 1), null) with { ChampionProblem = "lacks x" })).Verdict.ShouldBe(Verdict.Error);

    [Fact]
    public async Task Slices_compare_with_the_champion_where_there_is_one()
    {
        var compared = await JudgeAsync(Input(Set("candidate", 1), Set("champion", 2)));
        var alone = await JudgeAsync(Input(Set("candidate", 1), null));

        compared.Slices.ShouldBe(
        [
            new("odd", 0, 240, "RMSE", 1, 2, new(-1, -1, 0.95)),
            new("odd", 1, 240, "RMSE", 1, 2, new(-1, -1, 0.95)),
        ]);
        alone.Slices.ShouldAllBe(slice => slice.Champion == null && slice.Difference == null && slice.Rows == 240);
    }

    [Fact]
    public async Task The_same_predictions_give_the_same_bytes()
    {
        var input = Input(Set("candidate", 1), Set("champion", 2));

        CanonicalJson.Serialize(await JudgeAsync(input)).ShouldBe(CanonicalJson.Serialize(await JudgeAsync(input)));
    }

    [Fact]
    public void The_key_is_predictions_gates_and_seed()
    {
        var input = Input(Set("candidate", 1), Set("champion", 2));
        var key = new TestStage().Key(input);
        TestInput[] changed =
        [
            input with { Gates = [Gate with { Bound = 4 }] },
            input with { Candidate = input.Champion! },
            input with { Champion = null },
            input with { Champion = null, ChampionProblem = "lacks x" },
            input with { Baselines = new Dictionary<Baseline, Artifact>() },
            input with { Seed = 2 },
        ];

        new TestStage().Key(Input(Set("candidate", 1), Set("champion", 2))).ShouldBe(key);
        changed.Select(new TestStage().Key).ShouldAllBe(other => !other.SequenceEqual(key));
    }

    public void Dispose() => _folder.Dispose();

    private static PredictionSet Set(string name, double error) => Sample.Predictions(name, 20, 24, _ => error);

    private async Task<Evidence> JudgeAsync(TestInput input) => (await _folder.RunAsync(new TestStage(), input)).Result;

    private TestInput Input(PredictionSet candidate, PredictionSet? champion) => new(
        [Gate],
        Stored(candidate),
        new Dictionary<Baseline, Artifact> { [Baseline.TrainingMean] = Stored(Set("training mean", 4)) },
        champion == null ? null : Stored(champion),
        null,
        1);

    private Artifact Stored(PredictionSet set) => _folder.Write($"{set.Predictor}.json", CanonicalJson.Serialize(set));
}
