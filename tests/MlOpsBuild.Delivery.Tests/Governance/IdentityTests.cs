using MlOpsBuild.Store.Signing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class IdentityTests
{
    private static readonly Dictionary<string, string> OnGitHub = new()
    {
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_ACTOR"] = "ada", ["GITHUB_REPOSITORY"] = "acme/shop", ["GITHUB_REF"] = "refs/heads/main",
    };

    private static readonly Dictionary<string, string> OnGitLab = new()
    {
        ["GITLAB_CI"] = "true", ["GITLAB_USER_LOGIN"] = "bob", ["CI_PROJECT_PATH"] = "acme/shop", ["CI_COMMIT_BRANCH"] = "main",
    };

    [Fact]
    public void On_ones_own_machine_one_is_its_user() => Of([]).ToString().ShouldBe("local:eve");

    [Theory]
    [InlineData("push")]
    [InlineData("schedule")]
    [InlineData("workflow_dispatch")]
    public void On_a_branch_it_is_the_person_and_the_build_server(string cause) =>
        Of(new(OnGitHub) { ["GITHUB_EVENT_NAME"] = cause }).ToString().ShouldBe("github:ada, ci:acme/shop@main");

    [Theory]
    [InlineData("pull_request")]
    [InlineData("pull_request_target")]
    [InlineData("workflow_run")]
    [InlineData("issue_comment")]
    public void What_strangers_cause_is_never_the_build_server(string cause) =>
        Of(new(OnGitHub) { ["GITHUB_EVENT_NAME"] = cause }).ToString().ShouldBe("github:ada");

    [Fact]
    public void A_tag_called_like_the_branch_is_not_the_branch() =>
        Of(new(OnGitHub) { ["GITHUB_REF"] = "refs/tags/main", ["GITHUB_REF_NAME"] = "main" }).ToString().ShouldBe("github:ada");

    [Theory]
    [InlineData("push", "gitlab:bob, ci:acme/shop@main")]
    [InlineData("merge_request_event", "gitlab:bob")]
    [InlineData("external_pull_request_event", "gitlab:bob")]
    public void GitLab_is_known_in_the_same_way(string cause, string names) =>
        Of(new(OnGitLab) { ["CI_PIPELINE_SOURCE"] = cause }).ToString().ShouldBe(names);

    [Fact]
    public void Whoever_has_a_key_is_known_by_its_name()
    {
        using var folder = new TemporaryFolder();
        var pair = Trust.Create();
        var trust = Trust.Of(folder.Path, "local", new Dictionary<string, string> { [Trust.Variable] = pair.Private });

        var identity = Identity.Of("eve", new Dictionary<string, string>(), trust);

        identity.Names.ShouldBe([Who.Local("eve"), Who.Key(pair.Name)]);
        identity.IsAmong([Who.Key(pair.Name)], Roles.None).ShouldBeTrue();
        identity.IsAmong([Who.Key("0123456789abcdef")], Roles.None).ShouldBeFalse();
    }

    [Fact]
    public void The_same_name_elsewhere_is_somebody_else()
    {
        Of(OnGitHub).IsAmong([Who.Local("ada"), Who.OnGitLab("ada")], Roles.None).ShouldBeFalse();
        Of(OnGitHub).IsAmong([Who.Ci("acme/shop", "release"), Who.Ci("acme/shop2", "main")], Roles.None).ShouldBeFalse();
    }

    [Fact]
    public void A_role_stands_for_its_members_and_an_unknown_one_for_nobody()
    {
        var roles = new Roles(new Dictionary<string, IReadOnlyList<Who>> { ["release"] = [Who.OnGitHub("ada")] });

        Of(OnGitHub).IsAmong([Who.Role("release")], roles).ShouldBeTrue();
        Of([]).IsAmong([Who.Role("release")], roles).ShouldBeFalse();
        Of(OnGitHub).IsAmong([Who.Role("other")], roles).ShouldBeFalse();
        Of([]).IsAmong([Who.Anyone], roles).ShouldBeTrue();
    }

    private static Identity Of(Dictionary<string, string> variables) => Identity.Of("eve", variables, Trust.None);
}
