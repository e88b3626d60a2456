using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Answers.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Stages.Tests;

public sealed class PromptStageTests : IDisposable
{
    private const string Cases = "Id,Text,Channel,Sender,Expected\n1,an invoice,mail,Ann,billing\n2,a crash,chat,Bob,\n";
    private readonly TemporaryFolder _checkout = new();
    private readonly StageFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _checkout.Dispose();
    }

    [Fact]
    public async Task The_model_is_the_same_for_the_same_prompt_and_another_one_for_another()
    {
        var first = await MakeAsync("Sort {{Text}}.");

        (await MakeAsync("Sort {{Text}}.")).Model.Digest.ShouldBe(first.Model.Digest);
        (await MakeAsync("Sort {{Text}}!")).Model.Digest.ShouldNotBe(first.Model.Digest);
        (first.Summary.Trainer, first.Summary.Rows, first.Summary.HeldOut, first.Summary.Columns).ShouldBe(("prompt", 0, 2, 1));
        first.Summary.Chosen.ShouldNotBe((await MakeAsync("Sort {{Text}}!")).Summary.Chosen);
        first.Summary.Split.Describe().ShouldBe("all cases");
        CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(first.Model.Path)).ShouldBeOfType<PromptModel>();
    }

    [Fact]
    public async Task The_key_knows_the_prompt_and_the_endpoint()
    {
        await File.WriteAllTextAsync(_checkout[Triage.PromptFile], "{{Text}}");
        var key = Key(Triage.Endpoint);

        Key(Triage.Endpoint with { Model = "large" }).ShouldNotBe(key);
        await File.WriteAllTextAsync(_checkout[Triage.PromptFile], "{{Text}}?");
        Key(Triage.Endpoint).ShouldNotBe(key);
        File.Delete(_checkout[Triage.PromptFile]);
        Should.Throw<UsageException>(() => Key(Triage.Endpoint)).Findings.ShouldHaveSingleItem().Value.ShouldBe(Triage.PromptFile);

        IReadOnlyList<StageInput> Key(ChatEndpoint endpoint) => new PromptStage().Key(
            new TrainInput(_folder.Text(Cases), Triage.Specify(endpoint: endpoint)) { Root = _checkout.Path });
    }

    private async Task<(Artifact Model, TrainingSummary Summary)> MakeAsync(string prompt)
    {
        await File.WriteAllTextAsync(_checkout[Triage.PromptFile], prompt);
        var (summary, output) = await _folder.RunAsync(
            new PromptStage(), new TrainInput(_folder.Text(Cases), Triage.Specify()) { Root = _checkout.Path });
        return (output(TrainStage.ModelFile), summary);
    }
}
