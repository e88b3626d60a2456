using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class AskStageTests : IDisposable
{
    private const string Cases = "Id,Text,Channel,Sender,Expected\n1,an invoice,mail,Ann,billing\n2,a crash,chat,Bob,technical\n3,a crash,chat,Cy,technical\n";
    private readonly TemporaryFolder _checkout = new();
    private readonly StageFolder _folder = new();
    private readonly HttpMessageInvoker _http = new(ChatClient.Handler());
    private readonly Lock _turn = new();
    private readonly Dictionary<string, int> _times = [];
    private readonly FakeLanguageModel _model;

    // It is right but for every second time that it is asked of a crash.
    public AskStageTests() => _model = new(asked =>
    {
        lock (_turn)
        {
            _times[asked.Last] = _times.GetValueOrDefault(asked.Last) + 1;
            return asked.Last.Contains("crash", StringComparison.Ordinal)
                ? _times[asked.Last] % 2 == 0 ? "other" : "technical"
                : "billing";
        }
    });

    public void Dispose()
    {
        _http.Dispose();
        _model.Dispose();
        _folder.Dispose();
        _checkout.Dispose();
    }

    [Fact]
    public async Task A_case_s_score_is_the_mean_over_its_answers_and_all_scorers()
    {
        var (metrics, output) = await AskAsync(a => a.Exact().Contains("technical").Repeats(4));

        var set = Read(output);
        set.Predictions[0].ShouldBe(0.5);
        set.Predictions[1].ShouldBe(0.5);
        set.Labels.ShouldBe([1, 1, 1]);
        set.Figures!["exact"][0].ShouldBe(1);
        set.Figures["contains technical"][0].ShouldBe(0);
        metrics.Select(metric => metric.Name).ShouldBe(
            ["Score", "Score: contains technical", "Score: exact", "Cost per 1,000 answers", "Tokens per answer"]);
        metrics[0].Value.ShouldBe(0.5, 1e-12);
        metrics[0].Direction.ShouldBe(Direction.HigherIsBetter);
    }

    [Fact]
    public async Task Tokens_and_cost_are_means_of_an_answer()
    {
        var (metrics, _) = await AskAsync(a => a.Exact().Repeats(2));

        // "Sort: an invoice" is 3 words and one is answered; a million cost 2 and 4.
        metrics.Single(metric => metric.Name == "Tokens per answer").Value.ShouldBe(4, 1e-12);
        metrics.Single(metric => metric.Name == "Cost per 1,000 answers").Value.ShouldBe(1000 * ((3 * 2) + (1 * 4)) / 1e6, 1e-12);
    }

    [Fact]
    public async Task Cases_of_which_the_same_is_read_are_asked_by_themselves_and_are_one_block()
    {
        var (_, output) = await AskAsync(a => a.Exact().Repeats(2));

        _model.Asked.Count.ShouldBe(6);
        var set = Read(output);
        set.Block.ShouldBe([0, 1, 1], "who wrote it is not read");
        set.Places!.Distinct().Count().ShouldBe(3, "and tells cases apart");
        set.Unit.ShouldBe(BlockUnit.Group);
    }

    [Fact]
    public async Task A_prompt_that_reads_more_tells_more_cases_apart()
    {
        const string cases = "Id,Text,Channel,Sender,Expected\n1,a crash,mail,,technical\n2,a crash,chat,,technical\n";

        var (_, output) = await AskAsync(a => a.Exact(), cases, prompt: "Sort: {{Channel}} {{Text}}");

        Read(output).Block.ShouldBe([0, 1]);
    }

    /// <summary>Nothing said is not nothing spent.</summary>
    [Fact]
    public async Task Where_tokens_are_not_counted_neither_they_nor_costs_are_known()
    {
        _model.CountsTokens = false;

        var (metrics, output) = await AskAsync(a => a.Exact());

        metrics.Select(metric => metric.Name).ShouldBe(["Score"]);
        double.IsNaN(Metrics.CostPerThousandAnswers.Of(Read(output))).ShouldBeTrue();
        Metrics.Score("exact").Of(Read(output)).ShouldBe(Metrics.MeanScore.Of(Read(output)), 1e-12);
    }

    /// <summary>Of few different answers to judge, each is judged as often as it was given.</summary>
    [Fact]
    public async Task Two_answers_that_say_the_same_get_a_judgement_each()
    {
        using var judge = new FakeLanguageModel(asked => asked.Number % 2 == 0 ? "1" : "0");
        await File.WriteAllTextAsync(_checkout["tone.md"], "Rate {{answer}}");
        var endpoint = new ChatEndpoint(judge.Address, "large") { AtOnce = 1 };

        var (metrics, first) = await AskAsync(a => a.Judge("tone.md", endpoint).Repeats(2));
        var (_, second) = await AskAsync(a => a.Judge("tone.md", endpoint).Repeats(2));

        judge.Asked.Count.ShouldBe(6);
        metrics[0].Value.ShouldBe(0.5, 1e-12);
        second(AskStage.AnswersFile).Digest.ShouldBe(first(AskStage.AnswersFile).Digest);
    }

    [Fact]
    public async Task What_was_answered_once_is_not_asked_again_and_gives_the_same_bytes()
    {
        var (_, first) = await AskAsync(a => a.Exact());
        var asked = _model.Asked.Count;

        var (_, second) = await AskAsync(a => a.Exact());

        _model.Asked.Count.ShouldBe(asked);
        foreach (var file in new[] { EvaluateStage.PredictionsFile, EvaluateStage.RowsFile, AskStage.AnswersFile })
        {
            second(file).Digest.ShouldBe(first(file).Digest);
        }
    }

    [Fact]
    public async Task Cases_are_kept_as_requests_with_what_is_expected_and_without_personal_data()
    {
        var (_, output) = await AskAsync(a => a.Exact());

        var row = LabelledRow.Parse((await File.ReadAllLinesAsync(output(EvaluateStage.RowsFile).Path))[0]);
        row.Features.ToJsonString().ShouldBe("""{"Text":"an invoice","Channel":"mail"}""");
        (row.Expected, row.Label, row.Prediction.Text).ShouldBe(("billing", 1, "billing"));
        var answered = AnsweredCase.Parse((await File.ReadAllLinesAsync(output(AskStage.AnswersFile).Path))[0]);
        answered.Features.ToJsonString().ShouldBe("""{"Text":"an invoice"}""");
        (answered.Expected, answered.Answers.Count, answered.Score).ShouldBe(("billing", 3, 1));
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_an_error_and_no_bad_answer()
    {
        _model.RefuseNext(400);

        var failure = await Should.ThrowAsync<StageFailedException>(() => AskAsync(a => a.Exact()));

        failure.Verdict.ShouldBe(Verdict.Error);
        failure.Summary.ShouldContain("answers are remembered and not asked again");
    }

    [Fact]
    public async Task A_case_without_what_is_expected_cannot_be_compared_with_it()
    {
        const string lacking = Cases + "4,a crash,mail,Di,\n";

        (await Should.ThrowAsync<StageFailedException>(() => AskAsync(a => a.Exact(), cases: lacking)))
            .Findings.ShouldHaveSingleItem().Value.ShouldBe("cases 4");
        (await AskAsync(a => a.Matches("^(billing|technical|other)$"), cases: lacking)).Result[0].Value.ShouldBe(1);
    }

    [Fact]
    public async Task No_endpoint_is_asked_that_nobody_vouches_for()
    {
        (await Should.ThrowAsync<StageFailedException>(() => AskAsync(a => a.Exact(), trusted: false)))
            .Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB2068");
        _model.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_key_knows_how_answers_are_scored_and_what_scorers_read()
    {
        await File.WriteAllTextAsync(_checkout["tone.schema.json"], "{}");
        var pipeline = Specify(a => a.Schema("tone.schema.json"));
        var model = new Artifact(Digest.Of("model"), "here");
        var key = Key(pipeline);

        Key(Specify(a => a.Schema("tone.schema.json").Repeats(5))).ShouldNotBe(key);
        await File.WriteAllTextAsync(_checkout["tone.schema.json"], """{"type": "object"}""");
        Key(pipeline).ShouldNotBe(key);
        Should.Throw<UsageException>(() => Key(Specify(a => a.Schema("no.json").Judge("none.md", Triage.Endpoint))))
            .Findings.Count.ShouldBe(2);

        IReadOnlyList<StageInput> Key(PipelineSpec spec) => new AskStage(Book()).Key(
            new(model, HoldOutRows.Of(_folder.Text(Cases), spec), spec.Answers!) { Root = _checkout.Path });
    }

    private static PredictionSet Read(Func<string, Artifact> output) =>
        CanonicalJson.Deserialize<PredictionSet>(File.ReadAllBytes(output(EvaluateStage.PredictionsFile).Path));

    private AnswerBook Book() => new(_checkout["book"], new ChatClient(_http, _ => null), new ManualTime());

    private PipelineSpec Specify(Action<AnswerBuilder> answer) =>
        Triage.Specify(endpoint: new(_model.Address, "small") { InputPrice = 2, OutputPrice = 4, AtOnce = 1 }, answer: answer);

    private async Task<(IReadOnlyList<MetricValue> Result, Func<string, Artifact> Output)> AskAsync(
        Action<AnswerBuilder> answer, string cases = Cases, bool trusted = true, string prompt = "Sort: {{Text}}")
    {
        await File.WriteAllTextAsync(_checkout[Triage.PromptFile], prompt);
        var (pipeline, data) = (Specify(answer), _folder.Text(cases));
        var (_, made) = await _folder.RunAsync(new PromptStage(), new TrainInput(data, pipeline) { Root = _checkout.Path });
        return await _folder.RunAsync(
            new AskStage(Book()), new AskInput(made(TrainStage.ModelFile), HoldOutRows.Of(data, pipeline), pipeline.Answers!)
            {
                Root = _checkout.Path, AsksEndpoint = trusted,
            });
    }
}
