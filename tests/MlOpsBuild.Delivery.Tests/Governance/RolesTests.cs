using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class RolesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_file_nobody_has_a_role() => Roles.Read(_folder.Path).Members.ShouldBeEmpty();

    [Fact]
    public void Roles_are_lists_of_names()
    {
        Write("""
            {
              // who may release
              "release": ["github:ada", "ci:acme/shop@main"],
              "reviewers": ["key:0123456789abcdef"],
            }
            """);

        var roles = Roles.Read(_folder.Path);

        roles.Members["release"].ShouldBe([Who.OnGitHub("ada"), Who.Ci("acme/shop", "main")]);
        roles.Describe([Who.Role("release"), Who.Role("gone"), Who.Local("eve")])
            .ShouldBe("role:release (github:ada, ci:acme/shop@main) or role:gone (nobody: .nuke/roles.json does not list it) or local:eve");
    }

    [Fact]
    public void Every_member_that_nobody_can_be_known_by_is_told_at_once()
    {
        Write("""{ "release": ["ada", "role:reviewers", 7, "github:bob"] }""");

        Should.Throw<UsageException>(() => Roles.Read(_folder.Path)).Findings
            .Select(finding => (finding.Where, finding.Value))
            .ShouldBe([
                (".nuke/roles.json, role release", "ada"), (".nuke/roles.json, role release", "role:reviewers"),
                (".nuke/roles.json, role release", "7"),
            ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "release": "ada" }""")]
    [InlineData("""{ "release": ["github:ada" }""")]
    public void A_file_that_is_none_lets_nobody_act(string text)
    {
        Write(text);

        Should.Throw<UsageException>(() => Roles.Read(_folder.Path)).Findings[0].What.ShouldBe("Roles cannot be read");
    }

    [Fact]
    public void A_list_in_a_list_is_one_person()
    {
        Write("""{ "release": [["github:ada", "key:0123456789abcdef"], "github:bob"] }""");

        var roles = Roles.Read(_folder.Path);

        roles.Members["release"].ShouldBe([Who.OnGitHub("ada"), Who.Key("0123456789abcdef"), Who.OnGitHub("bob")]);
        roles.AllOf([Who.Key("0123456789abcdef")]).ShouldBe([Who.Key("0123456789abcdef"), Who.OnGitHub("ada")]);
        roles.AllOf([Who.OnGitHub("bob")]).ShouldBe([Who.OnGitHub("bob")]);
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".nuke"));
        File.WriteAllText(Path.Combine(_folder.Path, Roles.File), text);
    }
}
