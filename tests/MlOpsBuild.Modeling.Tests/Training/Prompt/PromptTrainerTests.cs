using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Answers.Tests;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Training.Prompt.Tests;

public sealed class PromptTrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_model_is_the_prompt_the_endpoint_and_the_columns_that_are_named()
    {
        var model = Make("[user]\n{{Channel}}: {{Text}}");

        model.Fields.Select(field => field.Name).ShouldBe(["Text", "Channel"]);
        model.Prompt.Messages.ShouldBe([new("user", "{{Channel}}: {{Text}}")]);
        (model.Target, model.Endpoint, model.Classes).ShouldBe(("Expected", Triage.Endpoint, null));
    }

    [Theory]
    [InlineData("", "MLB2058")]
    [InlineData("{{Expected}} {{Id}} {{text}}", "MLB2059", "MLB2059", "MLB2059")]
    [InlineData("{{Text}} of {{Sender}}", "MLB2060")]
    public void A_prompt_names_what_a_case_holds_and_may_tell(string prompt, params string[] codes) =>
        Should.Throw<StageFailedException>(() => Make(prompt)).Findings.Select(finding => finding.Code).ShouldBe(codes);

    [Theory]
    [InlineData("https://llm.example.com/v1", true)]
    [InlineData("http://localhost:1/v1", false)]
    public void Personal_data_is_sent_where_somebody_says_so_or_where_it_stays(string address, bool said) =>
        Make("{{Sender}}", new ChatEndpoint(new(address), "small"), said).Fields.ShouldHaveSingleItem().Name.ShouldBe("Sender");

    [Fact]
    public void Everything_that_changes_answers_changes_the_training_s_key()
    {
        var one = Trainers.Prompt("p.md", Triage.Endpoint);

        one.Describe().ShouldBe("prompt p.md, small at https://llm.example.com/v1/chat/completions");
        Trainers.Prompt("p.md", Triage.Endpoint with
        {
            Temperature = 0.2, MaximumTokens = 50, InputPrice = 0.15, OutputPrice = 0.6, KeyVariable = "LLM_KEY", AtOnce = 2,
            AnswersWithin = TimeSpan.FromSeconds(5),
        }, sendsPersonalData: true).Describe().ShouldBe(
            "prompt p.md, small temperature=0.2 maximum-tokens=50 prices=0.15+0.6 key=LLM_KEY answers-within=00:00:05 at-once=2 "
            + "at https://llm.example.com/v1/chat/completions, sends personal data");
        one.Files.ShouldBe(["p.md"]);
        one.RunsPrograms.ShouldBeTrue();
    }

    [Fact]
    public void All_that_is_wrong_with_an_endpoint_is_told_at_once() =>
        Should.Throw<UsageException>(() => Trainers.Prompt("", new(new("http://llm.example.com/v1"), "")
        {
            Temperature = -1, MaximumTokens = 0, InputPrice = double.NaN, OutputPrice = -1,
            AnswersWithin = TimeSpan.FromSeconds(-1), AtOnce = -1,
        })).Findings.Count.ShouldBe(9);

    private PromptModel Make(string prompt, ChatEndpoint? endpoint = null, bool sends = false)
    {
        File.WriteAllText(_folder["p.md"], prompt);
        return new PromptTrainer("p.md", endpoint ?? Triage.Endpoint, sends).Make(ContractReader.Of<Message>(), _folder.Path);
    }
}
