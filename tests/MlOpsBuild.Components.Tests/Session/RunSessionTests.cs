using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class RunSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HeardOutput _output = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("GITHUB_ACTOR", "octocat")]
    [InlineData("GITLAB_USER_LOGIN", "tanuki")]
    [InlineData("USER", "ann")]
    public void The_actor_is_who_the_build_server_or_the_system_names(string variable, string actor) =>
        Session(new() { [variable] = actor }).Actor.ShouldBe(actor);

    [Fact]
    public void A_build_servers_actor_comes_before_its_systems_user() =>
        Session(new() { ["USER"] = "runner", ["GITHUB_ACTOR"] = "octocat" }).Actor.ShouldBe("octocat");

    [Fact]
    public void A_pipeline_is_run_once_in_a_session()
    {
        var session = Session([]);
        var pipeline = new SmallDemand();

        session.RunOf(pipeline, new Dictionary<string, string>(), ["Train"])
            .ShouldBeSameAs(session.RunOf(pipeline, new Dictionary<string, string>(), ["Train"]));
    }

    [Fact]
    public void A_setting_that_does_not_fit_is_told_when_the_run_begins() =>
        Should.Throw<UsageException>(() => Session([]).RunOf(new SmallDemand(), new Dictionary<string, string> { ["l3"] = "1" }, []));

    [Fact]
    public void Notes_belong_to_the_flow_that_takes_them()
    {
        var session = Session([]);
        session.Note("to nobody");
        var first = session.TakeNotesHere();
        session.Note("v2");
        session.Note("Passed");
        var second = session.TakeNotesHere();

        session.CountStage(restored: true);

        first.Texts.ShouldBe(["v2", "Passed"]);
        second.Texts.ShouldBe(["restored"]);
    }

    [Fact]
    public void Progress_is_printed_at_once_and_in_order()
    {
        var progress = new OutputProgress(_output);

        progress.Report("one");
        progress.Report("two");

        _output.Lines.ShouldBe(["one", "two"]);
    }

    private RunSession Session(Dictionary<string, string> environment) =>
        new(_folder.Path, [], environment, new ManualTime(), _output, isServerBuild: false);

    private sealed class HeardOutput : ISessionOutput
    {
        public List<string> Lines { get; } = [];

        public bool WantsDocument => false;

        public void Document(string text) => Lines.Add(text);

        public void Line(string text) => Lines.Add(text);

        public void Warn(string text) => Lines.Add(text);

        public void Good(string text) => Lines.Add(text);

        public void Progress(string text) => Lines.Add(text);

        public void Mask(string secret)
        {
        }

        public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) => Lines.AddRange(headers);
    }
}
