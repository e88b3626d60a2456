using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class RegistryAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:5000/team/mlops", "http://127.0.0.1:5000/", "team/mlops")]
    [InlineData("127.8.9.10/a", "http://127.8.9.10/", "a")]
    [InlineData("localhost:5000/a", "http://localhost:5000/", "a")]
    [InlineData("localhost/a", "http://localhost/", "a")]
    [InlineData("[::1]:5000/a", "http://[::1]:5000/", "a")]
    [InlineData("ghcr.io/owner/repo", "https://ghcr.io/", "owner/repo")]
    [InlineData("GHCR.io/owner/repo", "https://ghcr.io/", "owner/repo")]
    [InlineData("registry.example.org:8443/a/b/c_d/e__f/g.h/i--j", "https://registry.example.org:8443/", "a/b/c_d/e__f/g.h/i--j")]
    [InlineData("https://127.0.0.1:5000/a", "https://127.0.0.1:5000/", "a")]
    [InlineData("http://registry.example.org/a", "http://registry.example.org/", "a")]
    [InlineData("HTTP://team/a", "http://team/", "a")]
    [InlineData("docker.io/owner/repo", "https://registry-1.docker.io/", "owner/repo")]
    [InlineData("index.docker.io/owner/repo", "https://registry-1.docker.io/", "owner/repo")]
    public void Host_and_repository_are_read_and_only_this_machine_is_spoken_to_in_the_clear(
        string text, string endpoint, string repository)
    {
        var address = RegistryAddress.Parse(text);

        (address.Endpoint.AbsoluteUri, address.Repository).ShouldBe((endpoint, repository));
    }

    [Theory]
    [InlineData("127.0.0.1:5000/a", true)]
    [InlineData("https://localhost/a", true)]
    [InlineData("[::1]:5000/a", true)]
    [InlineData("ghcr.io/a", false)]
    [InlineData("localhost.example.org/a", false)]
    public void A_registry_on_this_machine_is_recognised(string text, bool loopback) =>
        RegistryAddress.Parse(text).IsLoopback.ShouldBe(loopback);

    [Theory]
    [InlineData("ghcr.io", "The registry's address has no repository")]
    [InlineData("ghcr.io/", "The registry's address has no repository")]
    [InlineData("team/mlops", "The registry's address does not begin with a host")]
    [InlineData("/mlops", "The registry's address does not begin with a host")]
    [InlineData("ghcr.io:0/a", "The registry's address does not begin with a host")]
    [InlineData("ghcr.io:65536/a", "The registry's address does not begin with a host")]
    [InlineData("gh cr.io/a", "The registry's address does not begin with a host")]
    [InlineData("ghcr.io?x/a", "The registry's address does not begin with a host")]
    [InlineData("ftp://ghcr.io/a", "The registry's address has a scheme that registries do not speak")]
    [InlineData("://ghcr.io/a", "The registry's address has a scheme that registries do not speak")]
    [InlineData("h t\\p://ghcr.io/a", "The registry's address has a scheme that registries do not speak")]
    [InlineData("ghcr.io/Owner/repo", "The repository's name is not one")]
    [InlineData("ghcr.io/owner//repo", "The repository's name is not one")]
    [InlineData("ghcr.io/owner/repo/", "The repository's name is not one")]
    [InlineData("ghcr.io/owner/repo:v1", "The repository's name is not one")]
    [InlineData("ghcr.io/owner/-repo", "The repository's name is not one")]
    [InlineData("ghcr.io/own...er", "The repository's name is not one")]
    [InlineData("ghcr.io/owner/repo\n", "The repository's name is not one")]
    [InlineData("ghcr.io/../v3", "The repository's name is not one")]
    public void What_is_no_address_is_refused_with_a_reason_and_a_fix(string text, string what)
    {
        var finding = Should.Throw<UsageException>(() => RegistryAddress.Parse(text)).Findings.ShouldHaveSingleItem();

        (finding.What, finding.Where, finding.Value).ShouldBe((what, "--registry", text));
        finding.Expected.ShouldNotBeNullOrEmpty();
        finding.Fix.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("ghcr.io/Owner/Repo", "write ghcr.io/owner/repo")]
    [InlineData("ghcr.io/owner/repo:v1", "write ghcr.io/owner/repo")]
    [InlineData("ghcr.io/owner/repo@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "write ghcr.io/owner/repo")]
    [InlineData("ghcr.io/owner/repo/", "write ghcr.io/owner/repo")]
    [InlineData("ghcr.io/$$", "write it as in ghcr.io/owner/repo, without a tag or digest")]
    public void The_fix_writes_the_name_right_where_that_can_be_guessed(string text, string fix) =>
        Should.Throw<UsageException>(() => RegistryAddress.Parse(text)).Findings.ShouldHaveSingleItem().Fix.ShouldBe(fix);

    [Fact]
    public void All_problems_are_named_at_once() =>
        Should.Throw<UsageException>(() => RegistryAddress.Parse("ftp://me:pass@host:0/UPPER")).Findings.Count.ShouldBe(4);

    [Theory]
    [InlineData("https://me:hunter2@ghcr.io/owner/repo")]
    [InlineData("me:hunter2@ghcr.io/owner/repo")]
    [InlineData("https://me:with/hunter2@ghcr.io/owner/repo")]
    [InlineData("https://me:hunter2@ghcr.io/owner/repo@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public void A_password_in_the_address_is_refused_and_never_repeated(string text)
    {
        var failure = Should.Throw<UsageException>(() => RegistryAddress.Parse(text));

        failure.Message.ShouldNotContain("hunter2");
        failure.Findings[0].What.ShouldBe("The registry's address carries user information");
        failure.Findings[0].Fix.ShouldNotBeNull().ShouldContain("MLOPS_REGISTRY_PASSWORD");
    }

    [Fact]
    public void Host_and_name_are_together_at_most_255_characters_long()
    {
        RegistryAddress.Parse("ghcr.io/" + new string('a', 248)).Repository.Length.ShouldBe(248);
        Should.Throw<UsageException>(() => RegistryAddress.Parse("ghcr.io/" + new string('a', 249))).Message.ShouldContain("too long");
    }

    [Theory]
    [InlineData("127.0.0.1:5000/a/b", "127.0.0.1:5000/a/b")]
    [InlineData("https://ghcr.io/a", "ghcr.io/a")]
    [InlineData("http://ghcr.io/a", "http://ghcr.io/a")]
    [InlineData("https://localhost:5000/a", "https://localhost:5000/a")]
    [InlineData("https://team/a", "https://team/a")]
    public void Its_text_is_the_shortest_that_means_the_same(string text, string shortest) =>
        RegistryAddress.Parse(text).ToString().ShouldBe(shortest);
}
