using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit.LanguageModels;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The pipeline of <c>src/docs/language-models.md</c>, asked of a language model that answers by a seed.</summary>
public sealed class PromptsAsModels(BuiltRepository repository) : EndToEndTest(repository)
{
    private const string Key = "sk-of-nobody-4711";
    private const string Vague = "[user]\nSort this: {{Text}}\n";
    private static readonly string[] Texts = ["my invoice", "a crash", "a question"];
    private static readonly string[] Teams = ["billing", "technical", "other"];
    private const string Guide = "src/docs/language-models.md";

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task The_guides_prompt_is_asked_gated_served_replaced_by_a_better_one_and_refused_by_a_worse_one()
    {
        using var model = new FakeLanguageModel(Answer) { Key = Key };
        await WriteAsync(model.Address);
        Checkout.Environment["LLM_KEY"] = Key;
        try
        {
            await PromptAsync(Vague);
            var first = await Checkout.DeployAsync("--pipeline", "Triage");
            first.Output.ShouldContain("prompt model");
            first.Output.ShouldContain("60 cases, each asked 3 times");
            first.Output.ShouldContain("contract test: 5 cases answered");
            var asked = model.Asked.Count;

            (await Checkout.RunAsync("TestModel", "--pipeline", "Triage")).Expect(0).Output.ShouldContain("ask: restored");
            model.Asked.Count.ShouldBe(asked, "nobody is asked the same again");

            await PromptAsync(Block("markdown", "[system]"));
            var second = await Checkout.DeployAsync("Report", "--pipeline", "Triage");
            second.Output.ShouldMatch(@"not worse by more than 0\.1: mean loss [\d.E-]+ against 0\.\d+");
            using (var caller = new Caller(second.Address))
            {
                var answer = await caller.PredictAsync("""{"Text": "my invoice is wrong"}""");
                answer.Body.ShouldContain("\"version\":2");
                answer.Body.ShouldStartWith("{\"answer\":\"");
            }

            await PromptAsync("[user]\nSay anything about {{Text}}\n");
            var third = await Checkout.RunAsync("TestModel", "Report", "--pipeline", "Triage");
            third.Expect(ExitCodes.GateSaidNo).Output.ShouldContain("worse by more than the margin");
            var report = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(Checkout.Root, ".mlops", "reports"), "report.md",
                SearchOption.AllDirectories).OrderByDescending(File.GetLastWriteTimeUtc).First());
            report.ShouldContain("| case | asked | expected | score | champion | answer | champion's answer |");

            Checkout.Environment.Remove("LLM_KEY");
            await PromptAsync("[user]\nGuess: {{Text}}\n");
            (await Checkout.RunAsync("TestModel", "--pipeline", "Triage")).Expect(1).Output.ShouldContain("LLM_KEY");
            Checkout.Environment["LLM_KEY"] = Key;
            (await Checkout.RunAsync("Rollback", "--pipeline", "Triage", "--reason", "a drill")).Expect(0);
            using (var caller = new Caller(second.Address))
            {
                (await caller.PredictAsync("""{"Text": "my invoice is wrong"}""")).Body.ShouldContain("\"version\":1");
            }

            (await Checkout.ShellAsync($"grep -rlF '{Key}' .mlops {Checkout.Runtime}")).Output.Trim().ShouldBe("", "the key is in no file");
        }
        finally
        {
            (await Checkout.RunAsync("Stop", "--pipeline", "Triage")).Expect(0);
        }
    }

    // Always right, or mostly where it is not told which words there are, or nearly never: far enough apart for any luck.
    private static string Answer(ChatRequest asked)
    {
        var team = Teams.First(
            team => team == "other" || asked.Last.Contains(team == "billing" ? "invoice" : "crash", StringComparison.Ordinal));
        var luck = new SplitMix64((ulong)asked.Number).NextDouble();
        return asked.Messages.Any(message => message.Text.Contains("one word", StringComparison.Ordinal)) ? team
            : asked.Last.StartsWith("Say", StringComparison.Ordinal) ? luck < 0.1 ? team : "well"
            : luck < 0.85 ? team : "well";
    }

    private async Task WriteAsync(Uri address)
    {
        Directory.CreateDirectory(In("pipelines/Triage"));
        await File.WriteAllTextAsync(In("pipelines/Triage/Message.cs"), Block("csharp", "record Message"));
        await File.WriteAllTextAsync(
            In("pipelines/Triage/Triage.cs"),
            Block("csharp", "class Triage")
                .Replace("https://llm.example.com/v1/chat/completions", address.ToString(), StringComparison.Ordinal)
                .Replace("x.Channel);", "x.Channel).Canary(c => c.Rehearsal(perSecond: 200));", StringComparison.Ordinal));
        await File.WriteAllTextAsync(
            In("pipelines/Triage/cases.csv"),
            "Id,Text,Channel,Team\n" + string.Concat(Enumerable.Range(0, 60).Select(number => string.Create(
                CultureInfo.InvariantCulture,
                $"{number},{Texts[number % 3]} {number},{(number % 2 == 0 ? "mail" : "chat")},{Teams[number % 3]}\n"))));
        await File.WriteAllTextAsync(
            In("pipelines/Triage/Triage.csproj"),
            (await File.ReadAllTextAsync(In("pipelines/Churn/Churn.csproj"))).Replace("Churn", "Triage", StringComparison.Ordinal));
        File.Copy(In("pipelines/Churn/packages.lock.json"), In("pipelines/Triage/packages.lock.json"));
        Checkout.Edit(
            "build/_build.csproj", "    <ProjectReference Include=\"../pipelines/Churn/Churn.csproj\" />\n",
            same => same + same.Replace("Churn", "Triage", StringComparison.Ordinal));
        Checkout.Edit("build/Build.cs", @"new Churn\(\)", same => same + ", new Triage()");
    }

    private Task PromptAsync(string prompt) => File.WriteAllTextAsync(In("pipelines/Triage/prompt.md"), prompt);

    private static string Block(string language, string holding) => DocumentBlock.TextOf(Guide, language, holding);

    private string In(string path) => Path.Combine(Checkout.Root, path);
}
