using System.Net.Sockets;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Environments.Tests;

public sealed class DockerProblemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AdminClient _admin = new();

    public void Dispose()
    {
        _admin.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_missing_socket_is_told_with_its_path()
    {
        var problem = await Should.ThrowAsync<UsageException>(() => ObserveAsync($"unix://{_folder["nothing.sock"]}"));

        problem.Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.What.ShouldBe("No container engine runs here"),
            finding => finding.Where.ShouldNotBeNull().ShouldContain("nothing.sock"),
            finding => finding.Fix.ShouldNotBeNull().ShouldContain("docker.io"));
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_on_is_told()
    {
        // What an engine that was killed leaves behind.
        using var closed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        closed.Bind(new UnixDomainSocketEndPoint(_folder["dead.sock"]));

        (await Should.ThrowAsync<StageFailedException>(() => ObserveAsync($"unix://{_folder["dead.sock"]}")))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldStartWith("The container engine does not answer");
    }

    [Theory]
    [InlineData("tcp://10.1.2.3:2375")]
    [InlineData("ssh://me@elsewhere")]
    [InlineData("nonsense")]
    public void An_engine_elsewhere_is_refused(string host) =>
        Should.Throw<UsageException>(() => Host(host))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("Not a container engine of this machine");

    [Fact]
    public void An_engine_is_where_the_variable_says_else_where_it_was_else_where_engines_usually_are()
    {
        var remembered = new Uri("unix:///run/user/1/docker.sock");

        DockerHost.Of(Variable("tcp://127.0.0.1:2375"), remembered).ShouldBe(new Uri("tcp://127.0.0.1:2375"));
        DockerHost.Of(Variable(""), remembered).ShouldBe(remembered);
        DockerHost.Of(new Dictionary<string, string>(), null).Scheme.ShouldBeOneOf("unix", "npipe");
    }

    [Fact]
    public void A_refused_socket_says_what_to_do()
    {
        File.WriteAllText(_folder["refused.sock"], "");
        var problem = DockerProblem.Of(
            new($"unix://{_folder["refused.sock"]}"), "list containers",
            new HttpRequestException("Permission denied", new SocketException((int)SocketError.AccessDenied)));

        problem.ShouldBeOfType<UsageException>()
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("The container engine's socket is refused to this user");
    }

    private async Task ObserveAsync(string host)
    {
        using var environment = Open(host);
        await environment.ObserveAsync(CancellationToken.None);
    }

    private DockerEnvironment Open(string host)
    {
        var folder = new EnvironmentFolder(
            _folder["checkout"], TinyModel.Pipeline, DockerEnvironment.Name,
            new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _folder.Path });
        return new(
            TinyModel.Pipeline, MlOpsStore.At(_folder["checkout"], TimeProvider.System), folder, _admin, Host(host), new(),
            TimeProvider.System);
    }

    private static Uri Host(string host) => DockerHost.Of(Variable(host), remembered: null);

    private static Dictionary<string, string> Variable(string host) => new() { ["DOCKER_HOST"] = host };
}
