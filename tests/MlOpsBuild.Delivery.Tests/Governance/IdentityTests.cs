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
    [InlineData("workflow_dispatch")]
    public void On_a_branch_it_is_the_person_and_the_build_server(string cause) =>
        Of(new(OnGitHub) { ["GITHUB_EVENT_NAME"] = cause }).ToString().ShouldBe("github:ada, ci:acme/shop@main");

    /// <summary>The host names whoever edited the clock last.</summary>
    [Fact]
    public void What_the_clock_causes_is_the_build_server_alone()
    {
        Of(new(OnGitHub) { ["GITHUB_EVENT_NAME"] = "schedule" }).ToString().ShouldBe("ci:acme/shop@main");
        Of(new(OnGitLab) { ["CI_PIPELINE_SOURCE"] = "schedule" }).ToString().ShouldBe("ci:acme/shop@main");
    }

    [Theory]
    [InlineData("pull_request")]
    [InlineData("pull_request_target")]
    [InlineData("workflow_run")]
    [InlineData("issue_comment")]
    [InlineData("issues")]
    [InlineData("fork")]
    [InlineData("repository_dispatch")]
    public void What_strangers_may_cause_is_never_the_build_server(string cause) =>
        Of(new(OnGitHub) { ["GITHUB_EVENT_NAME"] = cause }).ToString().ShouldBe("github:ada");

    [Fact]
    public void Whoever_runs_it_once_more_is_who_acts_but_says_nobody_elses_word()
    {
        var again = new Dictionary<string, string>(OnGitHub) { ["GITHUB_TRIGGERING_ACTOR"] = "eve", ["GITHUB_EVENT_NAME"] = "push" };

        Of(again).ToString().ShouldBe("github:eve, ci:acme/shop@main");
        Of(new(again) { ["GITHUB_EVENT_NAME"] = "issue_comment" }).Names.ShouldBeEmpty();
    }

    [Fact]
    public void A_tag_called_like_the_branch_is_not_the_branch() =>
        Of(new(OnGitHub) { ["GITHUB_REF"] = "refs/tags/main", ["GITHUB_REF_NAME"] = "main" }).ToString().ShouldBe("github:ada");

    [Theory]
    [InlineData("push", "gitlab:bob, ci:acme/shop@main")]
    [InlineData("web", "gitlab:bob, ci:acme/shop@main")]
    [InlineData("trigger", "gitlab:bob")]
    [InlineData("merge_request_event", "gitlab:bob")]
    [InlineData("external_pull_request_event", "gitlab:bob")]
    public void GitLab_is_known_in_the_same_way(string cause, string names) =>
        Of(new(OnGitLab) { ["CI_PIPELINE_SOURCE"] = cause }).ToString().ShouldBe(names);

    /// <summary>Its runners say that they are GitHub's, and a name there is somebody else's.</summary>
    [Theory]
    [InlineData("GITEA_ACTIONS", "push", "gitea:ada, ci:acme/shop@main")]
    [InlineData("FORGEJO_ACTIONS", "schedule", "ci:acme/shop@main")]
    [InlineData("GITEA_ACTIONS", "pull_request", "gitea:ada")]
    public void On_Gitea_nobody_is_somebody_of_GitHub(string runner, string cause, string names)
    {
        var identity = Of(new(OnGitHub) { [runner] = "true", ["GITHUB_EVENT_NAME"] = cause });

        identity.ToString().ShouldBe(names);
        identity.IsAmong([Who.OnGitHub("ada")], Roles.None).ShouldBeFalse();
    }

    [Theory]
    [InlineData("IndividualCI", "azure:ada@example.org, ci:web/models@main")]
    [InlineData("Manual", "azure:ada@example.org, ci:web/models@main")]
    [InlineData("Schedule", "ci:web/models@main")]
    [InlineData("PullRequest", "azure:ada@example.org")]
    [InlineData("ResourceTrigger", "azure:ada@example.org")]
    public void Azure_DevOps_is_known_in_the_same_way(string cause, string names) => Of(new()
    {
        ["TF_BUILD"] = "True", ["BUILD_REASON"] = cause, ["BUILD_REQUESTEDFOREMAIL"] = "ada@example.org", ["SYSTEM_TEAMPROJECT"] = "web",
        ["BUILD_REPOSITORY_PROVIDER"] = "TfsGit", ["BUILD_REPOSITORY_NAME"] = "models", ["BUILD_SOURCEBRANCH"] = "refs/heads/main",
    }).ToString().ShouldBe(names);

    [Theory]
    [InlineData("JENKINS_URL=x GIT_URL=git@host:acme/shop.git BRANCH_NAME=main", "local:eve, ci:acme/shop@main")]
    [InlineData("JENKINS_URL=x GIT_URL=https://host/acme/shop.git BRANCH_NAME=main", "local:eve, ci:acme/shop@main")]
    [InlineData("CIRCLECI=true CIRCLE_PROJECT_USERNAME=acme CIRCLE_PROJECT_REPONAME=shop CIRCLE_BRANCH=main", "local:eve, ci:acme/shop@main")]
    [InlineData("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_REPO_FULL_NAME=acme/shop BITBUCKET_BRANCH=main", "local:eve, ci:acme/shop@main")]
    [InlineData("TF_BUILD=True BUILD_REASON=Manual BUILD_REPOSITORY_PROVIDER=GitHub BUILD_REPOSITORY_NAME=acme/shop BUILD_SOURCEBRANCH=refs/heads/main", "ci:acme/shop@main")]
    public void Other_build_servers_are_known_by_their_branch(string variables, string names) =>
        Of(Variables(variables)).ToString().ShouldBe(names);

    [Theory]
    [InlineData("JENKINS_URL=x GIT_URL=git@host:acme/shop.git BRANCH_NAME=PR-7 CHANGE_ID=7")]
    [InlineData("CIRCLECI=true CIRCLE_BRANCH=better CIRCLE_PULL_REQUEST=https://github.com/acme/shop/pull/7")]
    [InlineData("CIRCLECI=true CIRCLE_BRANCH=pull/7 CIRCLE_PR_NUMBER=7")]
    [InlineData("BITBUCKET_BUILD_NUMBER=1 BITBUCKET_BRANCH=better BITBUCKET_PR_ID=7")]
    public void A_change_that_is_only_proposed_is_nobodys_and_has_no_key(string variables)
    {
        using var folder = new TemporaryFolder();
        var trust = Trust.Of(folder.Path, "local", new Dictionary<string, string> { [Trust.Variable] = Trust.Create().Private });

        Identity.Of("jenkins", Variables(variables), trust).Names.ShouldBeEmpty();
        ChangeBuild.IsProposed(Variables(variables)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("GITHUB_EVENT_NAME=pull_request", true)]
    [InlineData("CI_PIPELINE_SOURCE=merge_request_event", true)]
    [InlineData("BUILD_REASON=PullRequest", true)]
    [InlineData("SYSTEM_PULLREQUEST_PULLREQUESTID=7", true)]
    [InlineData("GITHUB_EVENT_NAME=push", false)]
    [InlineData("BUILD_REASON=Manual", false)]
    [InlineData("CHANGE_ID=", false)]
    [InlineData("HOME=/root", false)]
    public void A_proposed_change_is_known_by_what_caused_the_build(string variables, bool proposed) =>
        ChangeBuild.IsProposed(Variables(variables)).ShouldBe(proposed);

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

    /// <summary>Whoever comments has the build server do something; its key is none of theirs.</summary>
    [Theory]
    [InlineData("push", true)]
    [InlineData("issue_comment", false)]
    [InlineData("pull_request", false)]
    public void A_build_servers_key_is_nobodys_but_its_branchs(string cause, bool known)
    {
        using var folder = new TemporaryFolder();
        var pair = Trust.Create();
        var trust = Trust.Of(folder.Path, "local", new Dictionary<string, string> { [Trust.Variable] = pair.Private });

        Identity.Of("ada", new Dictionary<string, string>(OnGitHub) { ["GITHUB_EVENT_NAME"] = cause }, trust)
            .Names.Contains(Who.Key(pair.Name)).ShouldBe(known);
    }

    [Fact]
    public void The_same_name_elsewhere_is_somebody_else()
    {
        Of(OnGitHub).IsAmong([Who.Local("ada"), Who.OnGitLab("ada")], Roles.None).ShouldBeFalse();
        Of(new(OnGitHub) { ["GITHUB_EVENT_NAME"] = "push" })
            .IsAmong([Who.Ci("acme/shop", "release"), Who.Ci("acme/shop2", "main")], Roles.None).ShouldBeFalse();
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

    private static Dictionary<string, string> Variables(string text) =>
        text.Split(' ').Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
