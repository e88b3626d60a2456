using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ProfileTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    public ProfileTests()
    {
        _run.Write(".nuke/parameters.json", """{ "zone": "base", "epochs": 1, "rate": 0.1 }""");
        _run.Write(".nuke/parameters.dev.json", """{ "zone": "dev", "epochs": 2 }""");
        _run.Write(".nuke/parameters.team.json", """{ "zone": "team" }""");
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Profile_named_last_wins_over_those_before_and_over_the_file()
    {
        (await _run.RunAsync(_build, "Look", "--profile", "dev", "team")).ShouldBe(0);

        (_build.Zone, _build.Epochs, _build.Rate).ShouldBe(("team", 2, 0.1));
        _build.Seen.ShouldBe(["dev", "team"]);
    }

    [Fact]
    public async Task Order_of_the_names_is_the_order_of_the_files()
    {
        await _run.RunAsync(_build, "Look", "--profile", "team", "dev");

        _build.Zone.ShouldBe("dev");
    }

    [Fact]
    public async Task Without_a_profile_only_the_file_is_read()
    {
        await _run.RunAsync(_build, "Look");

        (_build.Zone, _build.Epochs).ShouldBe(("base", 1));
        _build.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_begins_with_the_mark_of_UTF_8_is_read()
    {
        _run.Write(".nuke/parameters.json", "\uFEFF" + """{ "zone": "marked" }""");

        (await _run.RunAsync(_build, "Look")).ShouldBe(0);

        _build.Zone.ShouldBe("marked");
    }

    [Fact]
    public async Task Environment_may_name_the_profiles()
    {
        _run.Environment["MLOPS_PROFILE"] = "dev team";

        await _run.RunAsync(_build, "Look");

        (_build.Zone, _build.Epochs).ShouldBe(("team", 2));
    }

    [Fact]
    public async Task Variable_of_the_same_name_without_the_prefix_names_none()
    {
        _run.Environment["PROFILE"] = "dev";
        _run.Environment["NUKE_PROFILE"] = "dev";

        await _run.RunAsync(_build, "Look");

        _build.Zone.ShouldBe("base");
    }

    [Fact]
    public async Task Missing_profile_is_told_once_with_those_that_are_there()
    {
        (await _run.RunAsync(_build, "Look", "--profile", "dew")).ShouldBe(2);

        _run.Errors.ShouldBe(["--profile 'dew': .nuke/parameters.dew.json does not exist. Did you mean dev? Profiles: dev, team."]);
        _build.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_there_are_no_profiles_the_problem_says_so()
    {
        using var empty = new TestRun();

        (await empty.RunAsync(_build, "Look", "--profile", "production")).ShouldBe(2);

        empty.Errors.ShouldBe(["--profile 'production': .nuke/parameters.production.json does not exist. Profiles: none."]);
    }

    [Fact]
    public async Task Record_names_the_profile_a_value_came_from()
    {
        await _run.RunAsync(_build, "Look", "--profile", "dev", "team");

        _run.Read(".mlops/last-run.json").ShouldContain("\"source\": \".nuke/parameters.team.json\"");
        _run.Read(".mlops/last-run.json").ShouldContain("\"source\": \".nuke/parameters.dev.json\"");
    }

    private sealed class Sample : NukeBuild
    {
        [Parameter] public string? Zone { get; private set; }

        [Parameter] public int Epochs { get; private set; }

        [Parameter] public double Rate { get; private set; }

        public string[] Seen { get; private set; } = [];

        public Target Look => _ => _.Executes(() => Seen = LoadedLocalProfiles);
    }
}
