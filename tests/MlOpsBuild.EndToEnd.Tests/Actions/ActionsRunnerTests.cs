using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>The runner itself, on files that are quick.</summary>
public sealed class ActionsRunnerTests : IAsyncLifetime, IDisposable
{
    private const string Staged = """
        name: staged
        on:
          push:
            branches: [main]
          pull_request:
          workflow_dispatch:
            inputs:
              action: { type: choice, required: true, options: [go, stop] }
              reason: { type: string }
        env: { LEVEL: file }
        jobs:
          last:
            needs: [train, broken]
            if: always()
            runs-on: ubuntu-latest
            steps:
              - run: echo "trained ${{ needs.train.outputs.model }}, broken ${{ needs.broken.result }}"
              - uses: actions/download-artifact@v4
                with: { name: model, path: models }
              - run: cat models/deep/model.txt
              - uses: actions/download-artifact@v4
                with: { name: nothing }
              - run: echo never
          train:
            runs-on: ubuntu-latest
            permissions: { contents: write }
            outputs: { model: "${{ steps.make.outputs.model }}" }
            steps:
              - run: test -z "$(ls -A)" && echo "LEVEL=added" >> "$GITHUB_ENV"
              - uses: actions/checkout@v4
              - id: make
                run: |
                  mkdir -p out/deep && cp source.txt out/deep/model.txt && touch out/.hidden
                  { echo "model<<END"; echo "m-$LEVEL-$STEP"; echo END; } >> "$GITHUB_OUTPUT"
                  echo "# made" >> "$GITHUB_STEP_SUMMARY"
                env: { STEP: "${{ github.event_name }}" }
              - uses: actions/upload-artifact@v4
                with: { name: model, path: out/ }
              - run: git push -q origin HEAD:refs/heads/state
          broken:
            needs: train
            if: github.event_name == 'push'
            runs-on: ubuntu-latest
            steps:
              - run: "false"
                continue-on-error: true
              - run: |
                  nohup sleep 1234 > /dev/null 2>&1 &
                  exit 7
              - run: echo never
              - run: echo "still ${{ job.status }}"
                if: failure()
          after:
            needs: broken
            runs-on: ubuntu-latest
            steps: [{ run: echo never }]
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = BuiltRepository.Variables("");
    private ActionsHost _host = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder["sources"]);
        await File.WriteAllTextAsync(_folder["sources/source.txt"], "the model");
        _host = await ActionsHost.StartAsync(_folder["sources"], _environment);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Jobs_run_in_the_order_of_their_needs_with_what_earlier_ones_left()
    {
        var run = await RunAsync(Staged, _host.Push());

        run.Jobs.Select(job => $"{job.Id} {job.Result}").ShouldBe(["train success", "broken failure", "last failure", "after skipped"]);
        run["train"].Outputs["model"]!.GetValue<string>().ShouldBe("m-added-push");
        run["train"].Summary.ShouldBe("# made\n");
        run["broken"].ExitCodes.ShouldBe([1, 7, 0]);
        run["broken"].Output.ShouldBe("still failure\n");
        run["broken"].Orphans.ShouldBe(["sleep 1234"]);
        run["last"].Output.ShouldContain("trained m-added-push, broken failure\nthe model");
        run["last"].Output.ShouldNotContain("never");
        _host.Artifacts.Files(run.Id, "model").ShouldBe(["deep/model.txt"]);
        (await _host.CommitOfAsync("refs/heads/state")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Forks_token_reads_whatever_the_file_asks_for()
    {
        var run = await RunAsync(Staged, _host.PullRequest(fromFork: true));

        run["train"].Result.ShouldBe(StepResult.Failure);
        run["train"].Steps[^1].Output.ShouldContain("403");
        run["broken"].Result.ShouldBe(StepResult.Skipped);
        (await _host.CommitOfAsync("refs/heads/state")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Event_that_a_file_does_not_name_starts_nothing()
    {
        (await RunAsync(Staged, _host.Comment("/deploy", "ann", "MEMBER"))).Jobs.ShouldBeEmpty();
        (await RunAsync(Staged, _host.Push() with { Ref = "refs/heads/other" })).Jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Form_takes_only_what_it_offers()
    {
        var problem = await Should.ThrowAsync<ArgumentException>(() => RunAsync(Staged, _host.Dispatch(new() { ["action"] = "dance" })));

        problem.Message.ShouldContain("'dance' for action");
    }

    [Fact]
    public async Task Run_that_follows_another_reads_its_artifacts_and_a_comment_its_author()
    {
        const string Following = """
            name: following
            on:
              workflow_run: { workflows: [staged], types: [completed] }
              issue_comment: { types: [created] }
            permissions: { actions: read, pull-requests: write }
            jobs:
              publish:
                if: github.event.workflow_run.head_repository.full_name != github.repository && github.event_name == 'workflow_run'
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/download-artifact@v4
                    with: { name: model, run-id: "${{ github.event.workflow_run.id }}", github-token: "${{ github.token }}" }
                  - run: echo "$(cat deep/model.txt) of ${{ github.event.workflow_run.event }}"
              obey:
                if: github.event.issue.pull_request && contains(fromJSON('["OWNER", "MEMBER"]'), github.event.comment.author_association)
                runs-on: ubuntu-latest
                steps:
                  - run: echo "$BODY of $GITHUB_ACTOR"
                    env: { BODY: "${{ github.event.comment.body }}" }
            """;
        var forked = await RunAsync(Staged, _host.PullRequest(fromFork: true));

        (await RunAsync(Following, _host.Completed(forked)))["publish"].Output.ShouldContain("the model of pull_request");
        _host.GitHub.MayComment.ShouldBeTrue();
        (await RunAsync(Following, _host.Comment("/deploy `id`", "ann", "MEMBER")))["obey"].Output.ShouldBe("/deploy `id` of ann\n");
        (await RunAsync(Following, _host.Comment("/deploy", "eve", "NONE"))).Ran.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("strategy: { matrix: { a: [1] } }", "strategy")]
    [InlineData("needs: nobody", "needed job does not exist")]
    public async Task What_it_does_not_know_is_a_failure(string line, string said)
    {
        var file = $"on: push\njobs:\n  a:\n    runs-on: x\n    {line}\n    steps: [{{ run: 'true' }}]\n";

        (await Should.ThrowAsync<Exception>(() => RunAsync(file, _host.Push()))).Message.ShouldContain(said);
    }

    private Task<RunResult> RunAsync(string file, ActionsEvent happened) => new ActionsRunner(_host).RunAsync(file, happened, job =>
    {
        var workspace = Directory.CreateDirectory(_folder[$"{happened.Name}-{job.Id}-{Guid.NewGuid():N}"]).FullName;
        File.Copy(_folder["sources/source.txt"], Path.Combine(workspace, "source.txt"));
        return Task.FromResult(new ActionsMachine(workspace, _environment, IsHosted: true));
    });
}
