using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Modeling.Answers.Tests;

public sealed class JudgeAnswerTests : IDisposable
{
    private static readonly CaseColumns Columns = new(["Text", "Sender"], ["Text"], "Team", ["Sender"]);
    private readonly TemporaryFolder _folder = new();
    private readonly HttpMessageInvoker _http = new(ChatClient.Handler());
    private readonly Queue<string> _says = [];
    private readonly FakeLanguageModel _judge;

    public JudgeAnswerTests() => _judge = new(_ => _says.Dequeue());

    public void Dispose()
    {
        _http.Dispose();
        _judge.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("0.7", 0.7)]
    [InlineData(" 1\n", 1.0)]
    [InlineData("""{"reason": "kind", "score": 0.25}""", 0.25)]
    [InlineData("```json\n{\"score\": 0}\n```", 0.0)]
    [InlineData("7", null)]
    [InlineData("0,7", null)]
    [InlineData("I would say 0.7", null)]
    [InlineData("""{"score": "0.7"}""", null)]
    [InlineData("[0.7]", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    public void A_score_is_a_number_from_0_to_1_or_JSON_with_one(string said, double? score) => JudgeAnswer.Read(said).ShouldBe(score);

    [Fact]
    public async Task A_judge_reads_the_answer_what_is_expected_and_the_case()
    {
        _says.Enqueue("0.5");

        (await ScoreAsync("{{Text}} | {{expected}} | {{answer}}")).ShouldBe(0.5);

        _judge.Asked.ShouldHaveSingleItem().Last.ShouldBe("a crash | technical | {{Text}}");
    }

    /// <summary>What it said is no score, and remembering it would be the end of every run after.</summary>
    [Fact]
    public async Task A_judge_that_rambles_is_asked_again_then_is_an_error_and_nothing_of_it_is_remembered()
    {
        "well;hm;0.9;a;b;c;0.4".Split(';').ToList().ForEach(_says.Enqueue);

        (await ScoreAsync("{{answer}}")).ShouldBe(0.9);
        (await ScoreAsync("{{answer}}")).ShouldBe(0.9, "that is remembered");
        (await Should.ThrowAsync<StageFailedException>(() => ScoreAsync("{{answer}}", time: 1))).Findings[0].Code.ShouldBe("MLB2065");
        (await ScoreAsync("{{answer}}", time: 1)).ShouldBe(0.4);
    }

    [Theory]
    [InlineData("{{answer}} {{Name}}", "MLB2059")]
    [InlineData("{{expected}}", "MLB2064")]
    public async Task A_judge_is_shown_the_answer_and_no_column_that_a_case_does_not_hold(string prompt, string code) =>
        (await Should.ThrowAsync<StageFailedException>(() => ScoreAsync(prompt))).Findings.ShouldHaveSingleItem().Code.ShouldBe(code);

    /// <summary>An answer to personal data may repeat it.</summary>
    [Theory]
    [InlineData("{{answer}} {{Sender}}", "Text", "Team", "{{Sender}}")]
    [InlineData("{{answer}}", "Sender", "Team", "{{answer}}")]
    [InlineData("{{answer}} {{expected}}", "Text", "Sender", "{{expected}}")]
    public void A_judge_elsewhere_reads_no_personal_data_unless_somebody_says_so(string prompt, string read, string label, string value)
    {
        File.WriteAllText(_folder["tone.md"], prompt);
        var columns = Columns with { Read = [read], Label = label };

        var refused = Should.Throw<StageFailedException>(() => Read(new("tone.md", Triage.Endpoint), columns));

        (refused.Findings.ShouldHaveSingleItem().Code, refused.Findings[0].Value).ShouldBe(("MLB2060", value));
        Read(new("tone.md", Triage.Endpoint, SendsPersonalData: true), columns).Name.ShouldBe("judge tone");
        Read(new("tone.md", new(_judge.Address, "large")), columns).Name.ShouldBe("judge tone");
    }

    private JudgeAnswer Read(AnswerJudge judge, CaseColumns columns) =>
        JudgeAnswer.Read(judge, _folder.Path, columns, new(_folder["book"], new ChatClient(_http, _ => null), new ManualTime()));

    private async Task<double> ScoreAsync(string prompt, int time = 0)
    {
        await File.WriteAllTextAsync(_folder["tone.md"], prompt);
        var judge = Read(new("tone.md", new(_judge.Address, "large")), Columns);
        var asked = new AskedCase(new JsonObject { ["Text"] = "a crash" }, [], [], 0, "technical");
        return await judge.ScoreAsync(judge.QuestionOf(asked, "{{Text}}"), time, CancellationToken.None);
    }
}
