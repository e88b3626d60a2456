using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>Lets the node of a cluster pull from a registry that asks who it is.</summary>
internal static class NodeImages
{
    /// <summary>Logs the node's engine in; the file with the credentials.</summary>
    /// <param name="node">The node.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="registry">The registry.</param>
    /// <param name="folder">Where the credentials are kept.</param>
    public static async Task<string> AllowAsync(FakeNode node, DockerEngine engine, DockerRegistry registry, string folder)
    {
        (await engine.RunAsync(
            "--config", folder, "login", "--username", DockerRegistry.User, "--password", DockerRegistry.Password,
            registry.Endpoint.Authority)).Code.ShouldBe(0);
        node.Pull = async reference =>
        {
            var (code, _) = await engine.RunAsync("--config", folder, "pull", "--quiet", reference);
            return code == 0 ? (await engine.RunAsync("inspect", "--format", "{{.Id}}", reference)).Output.Trim() : null;
        };
        return Path.Combine(folder, "config.json");
    }
}
