using System.Text;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>
/// The checkout action: the commit of the event, with the token in the checkout's settings. Files that are the commit's already keep their
/// times, and the built program stays, so that nothing is compiled again; everything else is as after a clone.
/// </summary>
internal sealed class ActionsCheckout(
    ActionsHost host, ActionsContexts contexts, ActionsMachine machine, Dictionary<string, string> variables)
{
    private string Header => $"http.{host.Server}/.extraheader";

    public async Task RunAsync(ActionInputs inputs)
    {
        var token = inputs.Text("token", contexts.Token);
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ActionsHost.GitUser}:{token}"));
        await GitAsync("init", "-q", "--initial-branch=main", ".");
        await GitAsync("config", "remote.origin.url", $"{host.Server}/{ActionsHost.Repository}");
        await GitAsync("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
        await GitAsync("config", Header, $"AUTHORIZATION: basic {secret}");
        var commit = await FetchAsync(inputs.Text("ref"), inputs.Text("fetch-depth", "1"));
        await GitAsync("reset", "-q", "--mixed", commit);
        await GitAsync("update-index", "-q", "--refresh"); // exits with 1 where something differs, which the next one mends
        await GitAsync("reset", "-q", "--hard", commit);
        (await RunningCommand.RunAsync(machine.Workspace, variables, "git", "clean", "-ffdxq", "-e", "/.nuke/temp/build/")).Expect(0);
        if (inputs.Text("persist-credentials") == "false")
        {
            await GitAsync("config", "--unset", Header);
        }
    }

    private async Task<string> FetchAsync(string reference, string depth)
    {
        var happened = contexts.Happened;
        var wanted = reference.Length > 0 ? reference : happened.Sha;
        var isBranch = reference.Length == 0 && happened.Ref.StartsWith("refs/heads/", StringComparison.Ordinal);
        var place = isBranch ? $"refs/remotes/origin/{happened.RefName}" : "refs/remotes/checkout/wanted";
        if (depth == "0")
        {
            await GitAsync("fetch", "-q", "--prune", "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*");
        }

        string[] limit = depth == "0" ? [] : ["--no-tags", $"--depth={depth}"];
        await GitAsync(["fetch", "-q", .. limit, "origin", $"+{wanted}:{place}"]);
        await (isBranch ? GitAsync("symbolic-ref", "HEAD", happened.Ref) : GitAsync("update-ref", "--no-deref", "HEAD", place));
        return place;
    }

    private async Task GitAsync(params string[] arguments)
    {
        var ended = await RunningCommand.RunAsync(machine.Workspace, variables, "git", arguments);
        if (arguments[0] != "update-index")
        {
            ended.Expect(0);
        }
    }
}
