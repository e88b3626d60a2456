using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Modeling.Answers.Tests;

/// <summary>
/// A language model that answers the same question differently every time, by a seed: each case has a difficulty of its own, and a prompt
/// moves all of them. What gates say of it in many experiments is counted.
/// </summary>
public sealed class FlakyAnswersTests : IDisposable
{
    private const int Experiments = 60;
    private const int Cases = 40;
    private readonly TemporaryFolder _checkout = new();
    private readonly StageFolder _folder = new();
    private readonly HttpMessageInvoker _http = new(ChatClient.Handler());
    private readonly Lock _turn = new();
    private readonly Dictionary<string, ulong> _times = new(StringComparer.Ordinal);
    private readonly FakeLanguageModel _model;

    public FlakyAnswersTests() => _model = new(asked => IsRight(asked.Last) ? "right" : "wrong");

    public void Dispose()
    {
        _http.Dispose();
        _model.Dispose();
        _folder.Dispose();
        _checkout.Dispose();
    }

    [Fact]
    public async Task Prompts_that_are_equally_good_fail_no_more_often_than_alpha_where_a_plain_comparison_fails_every_other_time()
    {
        var (failed, lower) = (0, 0);
        for (var experiment = 0; experiment < Experiments; experiment++)
        {
            var (evidence, candidate, champion) = await CompareAsync(experiment, 0);
            failed += evidence.Verdict == Verdict.Failed ? 1 : 0;
            lower += candidate < champion ? 1 : 0;
        }

        // One tail of 95 %: 1.5 of 60 are expected, and of a true rate of 5 % more than 8 came in 1 of 300 such tests.
        failed.ShouldBeLessThanOrEqualTo(8);
        lower.ShouldBeGreaterThan(Experiments / 4);
    }

    [Fact]
    public async Task A_prompt_that_is_much_worse_fails_nearly_always()
    {
        var failed = 0;
        for (var experiment = 0; experiment < 10; experiment++)
        {
            failed += (await CompareAsync(1000 + experiment, 0.3)).Evidence.Verdict == Verdict.Failed ? 1 : 0;
        }

        failed.ShouldBeGreaterThanOrEqualTo(9);
    }

    private async Task<(Evidence Evidence, double Candidate, double Champion)> CompareAsync(int experiment, double worse)
    {
        var pipeline = Triage.Specify(
            p => p.Gate(Metrics.TokensPerAnswer, g => g.AtMost(100)).Gate(Metrics.MeanScore, g => g.NotWorseThanChampion(margin: 0)),
            new(_model.Address, "flaky"), a => a.Exact());
        var data = _folder.Text("Id,Text,Channel,Sender,Expected\n" + string.Concat(Enumerable.Range(0, Cases)
            .Select(place => string.Create(CultureInfo.InvariantCulture, $"{place},case {place},mail,,right\n"))));
        var candidate = await AskAsync(pipeline, data, experiment, "candidate", worse);
        var champion = await AskAsync(pipeline, data, experiment, "champion", 0);
        var (evidence, _) = await _folder.RunAsync(new TestStage(), new TestInput(
            [.. pipeline.Gates.Skip(1)], candidate, new Dictionary<Baseline, Artifact>(), champion, null, experiment));
        return (evidence, ScoreOf(candidate), ScoreOf(champion));
    }

    private async Task<Artifact> AskAsync(PipelineSpec pipeline, Data.Stages.SnapshotFiles data, int experiment, string who, double worse)
    {
        await File.WriteAllTextAsync(
            _checkout[Triage.PromptFile], string.Create(CultureInfo.InvariantCulture, $"{experiment};{who};{worse};{{{{Text}}}}"));
        var (_, made) = await _folder.RunAsync(new PromptStage(), new TrainInput(data, pipeline) { Root = _checkout.Path });
        var book = new AnswerBook(_checkout["book"], new ChatClient(_http, _ => null), new ManualTime());
        var (_, output) = await _folder.RunAsync(
            new AskStage(book), new AskInput(made(TrainStage.ModelFile), HoldOutRows.Of(data, pipeline), pipeline.Answers!)
            {
                Root = _checkout.Path, AsksEndpoint = true,
            });
        return output(EvaluateStage.PredictionsFile);
    }

    private static double ScoreOf(Artifact predictions) =>
        Metrics.MeanScore.Of(CanonicalJson.Deserialize<PredictionSet>(File.ReadAllBytes(predictions.Path)));

    // Of a question and how often it was asked alone, whatever the order of requests.
    private bool IsRight(string asked)
    {
        ulong time;
        lock (_turn)
        {
            time = _times[asked] = _times.GetValueOrDefault(asked) + 1;
        }

        var parts = asked.Split(';');
        var easy = 0.3 + (0.7 * new SplitMix64(StableHash.Of(parts[3])).NextDouble());
        var luck = new SplitMix64(StableHash.Of(asked) + time).NextDouble();
        return luck < easy - double.Parse(parts[2], CultureInfo.InvariantCulture);
    }
}
