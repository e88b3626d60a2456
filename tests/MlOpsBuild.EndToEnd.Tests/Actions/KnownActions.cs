namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>The actions our files use.</summary>
internal sealed class KnownActions(ActionsHost host, ActionsContexts contexts, ActionsMachine machine, Dictionary<string, string> variables)
{
    private static readonly string[] CheckoutInputs = ["fetch-depth", "ref", "token", "persist-credentials"];
    private static readonly string[] SetUpInputs = ["global-json-file", "dotnet-version"];
    private static readonly string[] CacheInputs = ["path", "key", "restore-keys"];
    private static readonly string[] UploadInputs = ["name", "path", "include-hidden-files", "if-no-files-found", "retention-days"];
    private static readonly string[] DownloadInputs = ["name", "path", "run-id", "github-token"];

    public Task<StepResult> RunAsync(WorkflowStep step, ExpressionScope scope)
    {
        var (action, known) = step.Uses!.Split('@')[0] switch
        {
            "actions/checkout" => ((Func<ActionInputs, Task<string?>>)CheckOutAsync, CheckoutInputs),
            "actions/setup-dotnet" => (Nothing, SetUpInputs),
            "actions/cache" => (Nothing, CacheInputs),
            "actions/upload-artifact" => (Upload, UploadInputs),
            "actions/download-artifact" => (Download, DownloadInputs),
            _ => throw new NotSupportedException($"uses: {step.Uses} cannot be run here"),
        };
        return ActAsync();

        async Task<StepResult> ActAsync()
        {
            var problem = await action(new(step, scope, known));
            return new(step.Name, problem == null ? StepResult.Success : StepResult.Failure, null, problem ?? "", "", []);
        }
    }

    private async Task<string?> CheckOutAsync(ActionInputs inputs)
    {
        machine.BringSources();
        await new ActionsCheckout(host, contexts, machine, variables).RunAsync(inputs);
        return null;
    }

    private static Task<string?> Nothing(ActionInputs inputs) => Task.FromResult<string?>(null);

    private Task<string?> Upload(ActionInputs inputs)
    {
        var patterns = inputs.Text("path").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var count = host.Artifacts.Upload(
            contexts.Run, inputs.Text("name", "artifact"), machine.Workspace, patterns, inputs.Text("include-hidden-files") == "true");
        return Task.FromResult(count == 0 && inputs.Text("if-no-files-found", "warn") == "error" ? "no files were found" : null);
    }

    // Another run's artifacts take a token that may read them.
    private Task<string?> Download(ActionInputs inputs)
    {
        var run = inputs.Text("run-id", $"{contexts.Run}");
        if (run != $"{contexts.Run}" && (inputs.Text("github-token") != contexts.Token || !contexts.Rights.MayRead("actions")))
        {
            return Task.FromResult<string?>("artifacts of another run need github-token, with actions: read");
        }

        var found = host.Artifacts.Download(long.Parse(run), inputs.Text("name"), Path.Combine(machine.Workspace, inputs.Text("path")));
        return Task.FromResult(found ? null : $"Unable to download artifact(s): Artifact not found for name: {inputs.Text("name")}");
    }
}
