using MlOpsBuild.Core;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.Reporting.Publishing.Tests;

/// <summary>What holds on every code host alike: one comment for a pipeline, the newest run's word, and who may write.</summary>
public sealed class EveryHostTests
{
    public static TheoryData<CodeHostKind> Hosts => HostWorld.All;

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task First_report_is_posted_and_the_next_updates_it_in_place(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);

        (await world.CommentAsync()).ShouldBe(CommentOutcome.Created);
        (await world.CommentAsync()).ShouldBe(CommentOutcome.Unchanged);
        (await world.CommentAsync("## ❌ Demand: Failed", run: 11)).ShouldBe(CommentOutcome.Updated);
        (await world.CommentAsync("## ✅ Demand: Passed", run: 12, remembers: false)).ShouldBe(CommentOutcome.Updated);

        world.Host.Comments.ShouldHaveSingleItem().Body.ShouldStartWith("## ✅ Demand: Passed");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Report_is_found_among_two_hundred_and_fifty_comments(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        Others(world, 125);
        await world.CommentAsync();
        Others(world, 125);

        (await world.CommentAsync("newer", run: 11, remembers: false)).ShouldBe(CommentOutcome.Updated);

        world.Ours.ShouldHaveSingleItem().Body.ShouldStartWith("newer");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Older_run_never_overwrites_a_newer_one(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        await world.CommentAsync("newer", run: 10, attempt: 2);

        (await world.CommentAsync("older", run: 10, attempt: 1)).ShouldBe(CommentOutcome.Superseded);
        (await world.CommentAsync("older", run: 9, attempt: 5, remembers: false)).ShouldBe(CommentOutcome.Superseded);

        world.Ours.ShouldHaveSingleItem().Body.ShouldStartWith("newer");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Marker_in_a_strangers_comment_is_theirs(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        var form = world.Open().Form;
        var forged = $"## ✅ Demand: Passed\n\n{form.Hide(ReportMarker.Of(world.Context(99), "Demand", "forged"))}";
        world.Host.Comments.Add(new(5, forged, world.PersonOf("mallory")));

        (await world.CommentAsync()).ShouldBe(CommentOutcome.Created);
        (await world.CommentAsync("newer", run: 11, remembers: false)).ShouldBe(CommentOutcome.Updated);

        world.Host.Comments.Select(comment => comment.Author).ShouldBe([world.PersonOf("mallory"), world.Host.Viewer]);
        (world.Host.Comments[0].Body, world.Host.Comments[1].Body[..5]).ShouldBe((forged, "newer"));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Each_pipeline_has_its_own_comment(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);

        await world.CommentAsync(pipeline: "Demand");
        await world.CommentAsync(pipeline: "Prices (new)");
        await world.CommentAsync("again", run: 11, pipeline: "Demand", remembers: false);

        world.Ours.Select(comment => ReportMarker.In(comment.Body)!.Pipeline).ShouldBe(["Demand", "Prices (new)"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Of_two_runs_that_posted_at_once_one_comment_is_left_and_it_is_the_newer_runs(CodeHostKind kind)
    {
        foreach (var (otherRun, said) in new[] { (9L, "this run's"), (11L, "the other's") })
        {
            using var world = new HostWorld(kind);
            var posts = 0;
            world.Host.Before = request =>
            {
                if (request.Method == "POST" && posts++ == 0)
                {
                    var marker = world.Open().Form.Hide(ReportMarker.Of(world.Context(otherRun), "Demand", "the other's"));
                    world.Host.Comments.Add(new(1, $"the other's\n\n{marker}", world.Host.Viewer));
                }
            };

            await world.CommentAsync("this run's");

            world.Ours.ShouldHaveSingleItem().Body.ShouldStartWith(said);

            // What was swept away is no comment of ours any more.
            (await world.CommentAsync("later", run: 12, remembers: false)).ShouldBe(CommentOutcome.Updated);
            world.Ours.ShouldHaveSingleItem().Body.ShouldStartWith("later");
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Comment_that_was_deleted_is_posted_again(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        await world.CommentAsync();
        await world.Open().DeleteAsync(world.Host.Comments[0].Id, CancellationToken.None);
        await world.Open().DeleteAsync(404, CancellationToken.None);

        (await world.CommentAsync("again", run: 11)).ShouldBe(CommentOutcome.Created);

        world.Ours.ShouldHaveSingleItem().Body.ShouldStartWith("again");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Comment_whose_answer_was_lost_is_found_and_not_made_twice(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        var posts = 0;
        world.Host.Before = request =>
        {
            if (request.Method == "POST" && posts++ == 0)
            {
                world.Host.LoseNextAnswers(1);
            }
        };

        (await world.CommentAsync()).ShouldBe(CommentOutcome.Unchanged);

        world.Ours.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Page_of_a_proxy_is_no_list_without_comments(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        await world.CommentAsync();
        world.Host.AnswerNextWithAPage(1);

        (await Should.ThrowAsync<HostRefusedException>(() => world.CommentAsync("another", run: 11, remembers: false)))
            .Message.ShouldContain("text/html instead of JSON");
        world.Ours.ShouldHaveSingleItem();
    }

    /// <summary>The fakes refuse what is longer than the host takes.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Too_long_report_is_cut_at_whole_sections_under_the_hosts_limit(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        var report = PublishingRun.Report + string.Concat(
            Enumerable.Range(0, 120).Select(i => $"\n<details><summary>part {i}</summary>\n\n{new string('ä', 10_000)}\n</details>\n"));

        (await world.CommentAsync(report)).ShouldBe(CommentOutcome.Created);

        var (body, form) = (world.Ours.Single().Body, world.Open().Form);
        body.Length.ShouldBeInRange(form.Longest - 11_000, form.Longest);
        body.ShouldContain("sections are left out here; [the full report](https://example.org/run/1) has them");
        body.Split("<details>").Length.ShouldBe(body.Split("</details>").Length);
        body.Contains("<details>", StringComparison.Ordinal).ShouldBe(form.Folds);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Report_is_a_comment_and_a_state_beside_the_commit(CodeHostKind kind)
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            using var world = new HostWorld(kind);

            var lines = await world.PublishAsync(verdict);

            lines.ShouldAllBe(line => !line.Fell);
            world.Ours.ShouldHaveSingleItem();
            world.Statuses.ShouldAllBe(status => SaysPassed(status.GetRawText()) == (verdict == Verdict.Passed));
            world.Statuses.Count.ShouldBe(kind == CodeHostKind.AzureDevOps ? 2 : 1);
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Without_a_token_the_way_to_one_of_this_host_is_told_and_nothing_is_asked(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);

        var lines = await world.PublishAsync(change: context => context with { Token = null });

        lines[1].Text.ShouldStartWith("no token: give the step ");
        lines[1].Text.ShouldContain(kind switch
        {
            CodeHostKind.GitHub => "GITHUB_TOKEN",
            CodeHostKind.GitLab => "GITLAB_TOKEN",
            CodeHostKind.AzureDevOps => "$(System.AccessToken)",
            CodeHostKind.Gitea => "GITEA_TOKEN",
            _ => "BITBUCKET_TOKEN",
        });
        world.Host.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Token_that_may_not_says_what_it_needs(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        (world.Host.MayComment, world.Host.MaySetStatus, world.Host.MayDeploy) = (false, false, false);
        if (world.Host is FakeGitHub gitHub)
        {
            gitHub.MayCheck = false;
        }

        var lines = await world.PublishAsync(deployment: new("Demand/local", true, true, false, "v2"));

        lines.Skip(1).ShouldAllBe(line => line.Fell && line.Text.Contains("403"));
        lines[1].Text.ShouldStartWith("the token may not comment (403");
        lines[3].Text.ShouldMatch("(the job|the token|the build service) needs ");
        world.Host.Comments.ShouldBeEmpty();
        world.Statuses.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Only_who_may_write_may_approve_and_command(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        foreach (var (name, right) in new[] { ("ada", "admin"), ("bob", "write"), ("eve", "read"), ("mo", "none") })
        {
            world.Host.Permissions[name] = right;
        }

        var host = world.Open();
        var may = new Dictionary<string, bool>();
        foreach (var name in (string[])["ada", "bob", "eve", "mo", "bo", "nobody"])
        {
            may[name] = await host.MayWriteAsync(world.PersonOf(name), CancellationToken.None);
        }

        may.Where(pair => pair.Value).Select(pair => pair.Key).ShouldBe(["ada", "bob"]);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_name_cannot_ask_for_another_path(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        world.Host.Permissions["ada"] = "admin";

        (await world.Open().MayWriteAsync("../../issues/7/comments?q=\" OR user.uuid=\"", CancellationToken.None)).ShouldBeFalse();

        world.Host.Requests.ShouldAllBe(
            request => request.Method == "GET" && !request.Path.Contains("/issues/7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CodeHostKind.GitLab)]
    [InlineData(CodeHostKind.AzureDevOps)]
    [InlineData(CodeHostKind.Gitea)]
    [InlineData(CodeHostKind.Bitbucket)]
    public async Task A_host_that_does_not_tell_who_may_write_is_told_of(CodeHostKind kind)
    {
        using var world = new HostWorld(kind);
        world.Host.MayAskPermissions = false;

        (await Should.ThrowAsync<HostRefusedException>(() => world.Open().MayWriteAsync(world.PersonOf("ada"), CancellationToken.None)))
            .IsForbidden.ShouldBeTrue();
    }

    private static bool SaysPassed(string status) => status.Contains("\"success\"", StringComparison.Ordinal)
        || status.Contains("\"succeeded\"", StringComparison.Ordinal) || status.Contains("\"SUCCESSFUL\"", StringComparison.Ordinal);

    private static void Others(HostWorld world, int count)
    {
        for (var i = 0; i < count; i++)
        {
            world.Host.Comments.Add(new(100_000 + world.Host.Comments.Count, $"comment {i}", world.PersonOf("alice")));
        }
    }
}
