using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Environments.Kubernetes.Tests;

public sealed class ClusterAccessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_there_is_no_file_it_says_where_it_looked()
    {
        var problem = Should.Throw<UsageException>(() => ClusterAccess.Of(new(), Variables()));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Where).ShouldBe(("MLB5050", _folder[".kube/config"]));
    }

    [Fact]
    public void A_context_that_is_not_there_is_told_with_those_that_are()
    {
        Write(".kube/config", "work", "https://127.0.0.1:6443");

        var problem = Should.Throw<UsageException>(() => ClusterAccess.Of(new() { Context = "wrok" }, Variables()));

        var finding = problem.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Value, finding.Expected).ShouldBe(("MLB5051", "wrok", "work"));
    }

    [Fact]
    public void The_first_of_several_files_that_knows_the_context_is_taken()
    {
        Write("one", "first", "https://one.example.com");
        Write("two", "second", "https://two.example.com");
        var variables = Variables(("KUBECONFIG", string.Join(Path.PathSeparator, _folder["one"], _folder["absent"], _folder["two"])));

        ClusterAccess.Of(new() { Context = "second" }, variables).Host.ShouldBe("https://two.example.com");
        ClusterAccess.Of(new(), variables).Host.ShouldBe("https://one.example.com");
    }

    [Fact]
    public void A_file_that_the_build_names_goes_before_the_variable()
    {
        Write("one", "first", "https://one.example.com");
        Write("two", "second", "https://two.example.com");

        ClusterAccess.Of(new() { ConfigFile = _folder["two"] }, Variables(("KUBECONFIG", _folder["one"]))).Host
            .ShouldBe("https://two.example.com");
    }

    [Theory]
    [InlineData("clusters: [")]
    [InlineData("- a\n- b\n")]
    public void A_file_that_is_no_such_file_is_told_with_its_place(string content)
    {
        Directory.CreateDirectory(_folder[".kube"]);
        File.WriteAllText(_folder[".kube/config"], content);

        var problem = Should.Throw<UsageException>(() => ClusterAccess.Of(new(), Variables()));

        problem.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB5052");
    }

    [Fact]
    public void The_namespace_is_the_settings_else_the_contexts_else_default()
    {
        Write(".kube/config", "work", "https://127.0.0.1:6443", "namespace: ml");
        var access = ClusterAccess.Of(new(), Variables());

        Space(new() { Namespace = "named" }).ShouldBe("named");
        Space(new()).ShouldBe("ml");
        access.Namespace = null;
        Space(new()).ShouldBe("default");

        string Space(KubernetesSettings settings)
        {
            using var cluster = new Cluster(settings, access, false, TimeProvider.System);
            return cluster.Namespace;
        }
    }

    private Dictionary<string, string> Variables(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string> { ["HOME"] = _folder.Path };
        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        return variables;
    }

    private void Write(string file, string context, string server, string more = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        File.WriteAllText(_folder[file], $"""
            apiVersion: v1
            kind: Config
            current-context: {context}
            clusters: [{"{"}name: c, cluster: {"{"}server: '{server}'{"}"}{"}"}]
            users: [{"{"}name: u, user: {"{"}token: abc{"}"}{"}"}]
            contexts:
            - name: {context}
              context:
                cluster: c
                user: u
                {more}
            """);
    }
}
