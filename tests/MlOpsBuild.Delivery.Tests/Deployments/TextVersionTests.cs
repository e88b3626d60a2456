using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Answers;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.Delivery.Deployments.Tests;

/// <summary>Versions that ask a language model, which knows its key and is right as often as the prompt says.</summary>
[Collection(nameof(DeploymentCollection))]
public sealed class TextVersionTests(InstalledServer installed) : IDisposable
{
    private const string Variable = "KEY_OF_TEXT_VERSION_TESTS";
    private const string Key = "sk-nobodys";
    private readonly LocalWorld _world = new(installed.Program);
    private readonly FakeLanguageModel _model = new(Answer) { Key = Key };

    private static readonly DataContract Contract = new("Texts",
    [
        new() { Rule = new("Text", FieldKind.Text), Property = "Text" },
        new() { Rule = new("Sender", FieldKind.Text), Property = "Sender", PersonalData = true },
        new() { Rule = new("Team", FieldKind.Text), Property = "Team", Role = ColumnRole.Label },
    ]);

    private static CanaryPolicy Policy { get; } = CanaryPolicy.OfAnswers with { RehearsalRate = 300 };

    public void Dispose()
    {
        _world.Dispose();
        _model.Dispose();
    }

    [Fact]
    public async Task The_key_goes_to_the_server_of_the_model_and_to_nobody_else()
    {
        var version = await RegisterAsync(0.9);
        using var key = new SetVariable(Variable, Key);

        var server = await _world.StartAsync(version);

        var own = await File.ReadAllTextAsync($"/proc/{server.Pid}/environ");
        own.Split('\0').ShouldContain($"{Variable}={Key}");
        var gateway = await _world.Launcher.RouteAsync(TinyModel.Pipeline, 0, 1, CancellationToken.None);
        (await File.ReadAllTextAsync($"/proc/{gateway.Pid}/environ")).ShouldNotContain(Key);
        var files = Directory.GetFiles(_world.Folder.Path, "*", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        files.ShouldAllBe(file => !File.ReadAllText(file).Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_key_a_server_says_which_variable_is_missing()
    {
        var version = await RegisterAsync(0.9);

        (await Should.ThrowAsync<FindingsException>(() => _world.StartAsync(version))).Message.ShouldContain(Variable);
    }

    [Fact]
    public async Task Feedback_on_a_text_is_a_rating_and_its_contract_knows_what_is_personal()
    {
        var served = await ServedModel.OfAsync(_world.Store, await RegisterAsync(0.9), CancellationToken.None);

        (served.Contract.Rated, served.Contract.Classes).ShouldBe((true, null));
        served.Contract.Personal.ShouldBe(["Sender"]);
        (await served.VariablesAsync(CancellationToken.None)).ShouldContain(Variable);
        (await served.VariablesAsync(CancellationToken.None)).ShouldContain("HTTPS_PROXY");
        (await served.NeedsRuntimeAsync(CancellationToken.None)).ShouldBeFalse();
        (await (await _world.ModelAsync()).VariablesAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_contract_test_asks_a_few_cases_and_any_text_is_an_answer()
    {
        var version = await RegisterAsync(0.5);
        using var key = new SetVariable(Variable, Key);
        var bundle = await Bundle.OpenAsync(_world.Store, version.Bundle, CancellationToken.None);
        var input = new ContractTestInput(
            TinyModel.Pipeline, version.Bundle, await ServedModel.OfAsync(_world.Store, version, CancellationToken.None),
            await bundle.PartAsync(BundlePart.Rows, CancellationToken.None), Digest.Of("server"), TimeSpan.FromSeconds(10));

        var result = await RunAsync(input);

        (result.GoldenRows, result.Texts).ShouldBe((5, true));
        _model.Asked.Count.ShouldBe(5);
        _model.RefuseNext(503);
        (await RunAsync(input with { Server = Digest.Of("another") })).GoldenRows.ShouldBe(5, "what is busy once is asked again");
        Enumerable.Range(0, 4).ToList().ForEach(_ => _model.RefuseNext(503));
        var failure = await Should.ThrowAsync<StageFailedException>(() => RunAsync(input with { Server = Digest.Of("a third") }));
        (failure.Verdict, failure.Findings.ShouldHaveSingleItem().Code).ShouldBe((Verdict.Error, "MLB5047"));

        async Task<ContractTestResult> RunAsync(ContractTestInput test) =>
            (await _world.Store.Stages(TinyModel.Pipeline).RunAsync(
                new ContractTestStage(_world.Environment, new ManualTime()), test, new Progress<string>(), CancellationToken.None))
            .Result;
    }

    [Fact]
    public async Task A_version_that_answers_worse_is_rolled_back_by_its_ratings_and_one_that_does_not_takes_over()
    {
        using var key = new SetVariable(Variable, Key);
        (await DeployAsync(await RegisterAsync(0.9))).Outcome.ShouldBe(DeploymentOutcome.FirstServed);

        var worse = await DeployAsync(await RegisterAsync(0.3));
        var better = await DeployAsync(await RegisterAsync(0.99));

        worse.Outcome.ShouldBe(DeploymentOutcome.RolledBack, worse.Reason);
        better.Outcome.ShouldBe(DeploymentOutcome.Promoted, better.Reason);
        better.Reason.ShouldStartWith("not worse by more than 0.1: mean loss ");
    }

    [Fact]
    public async Task A_rehearsal_asks_each_question_of_one_version_only()
    {
        using var key = new SetVariable(Variable, Key);
        await DeployAsync(await RegisterAsync(0.9));

        var second = await DeployAsync(await RegisterAsync(0.99));

        second.Looks[^1].Seen.Loss!.OnSameRequest.ShouldBe(0);
    }

    [Fact]
    public async Task A_version_of_another_kind_is_refused_while_something_serves()
    {
        using var key = new SetVariable(Variable, Key);
        await _world.PutInPlaceAsync(1);

        var refused = await Should.ThrowAsync<UsageException>(async () => await DeployAsync(await RegisterAsync(0.9)));

        refused.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB5046");
        (await _world.AskAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task Without_ratings_nothing_takes_over()
    {
        using var key = new SetVariable(Variable, Key);
        await DeployAsync(await RegisterAsync(0.9), rated: false);

        var second = await DeployAsync(await RegisterAsync(0.99), rated: false, Policy with { MaximumRequests = 150 });

        second.Outcome.ShouldBe(DeploymentOutcome.Inconclusive, second.Reason);
    }

    private Task<DeploymentRecord> DeployAsync(ModelVersion version, bool rated = true, CanaryPolicy? policy = null) => _world.DeployAsync(
        new DeploymentRequest(TinyModel.Pipeline, version, policy ?? Policy, RowLoss.AbsoluteError, 7, "tester")
        {
            Rating = rated ? new AnswerRating([new ExactAnswer()]) : null,
        });

    // The prompt tells how often to be right.
    private async Task<ModelVersion> RegisterAsync(double share)
    {
        var model = new PromptModel
        {
            Target = "Team", Fields = [new("Text", FieldKind.Text)],
            Prompt = PromptTemplate.Parse(FormattableString.Invariant($"{share} {{{{Text}}}}")),
            Endpoint = new(_model.Address, "small") { KeyVariable = Variable },
        };
        var rows = Enumerable.Range(0, 40).Select(row => new LabelledRow(
            new() { ["Text"] = $"t{row}" }, row < 40 * share ? 1 : 0, new Prediction("yes")) { Expected = "yes" }.ToLine());
        var parts = new Dictionary<BundlePart, Artifact>
        {
            [BundlePart.Model] = await _world.Store.Blobs.PutAsync(
                CanonicalJson.Serialize<TrainedModel>(model), CancellationToken.None),
            [BundlePart.Rows] = await _world.Store.Blobs.PutAsync(Encoding.UTF8.GetBytes(string.Concat(rows)), CancellationToken.None),
            [BundlePart.Contract] = await _world.Store.Blobs.PutAsync(CanonicalJson.Serialize(Contract), CancellationToken.None),
        };
        return await TinyModel.RegisterAsync(_world.Store, parts);
    }

    private static string Answer(ChatRequest asked) =>
        new SplitMix64((ulong)asked.Number).NextDouble()
            < double.Parse(asked.Last.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) ? "yes" : "no";

    private sealed class SetVariable : IDisposable
    {
        private readonly string _name;

        public SetVariable(string name, string value) => Environment.SetEnvironmentVariable(_name = name, value);

        public void Dispose() => Environment.SetEnvironmentVariable(_name, null);
    }
}
