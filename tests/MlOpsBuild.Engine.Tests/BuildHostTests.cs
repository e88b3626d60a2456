namespace MlOpsBuild.Engine.Tests;

public sealed class BuildHostTests : IDisposable
{
    private readonly TestRun _run = new();

    internal interface IGreet : INukeBuild
    {
        [Parameter] string? Greeting => TryGetValue(() => Greeting);

        [Parameter] int? Times => TryGetValue<int?>(() => Times);

        [Parameter] string[]? Names => TryGetValue(() => Names);

        Target Greet => _ => _.Executes(() => ((NukeBuild)(object)this).Context.Console.Line(
            $"{Greeting ?? "hello"} {string.Join("+", Names ?? ["nobody"])} x{Times ?? 1} in {RootDirectory.Name}"));
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Default_targets_run_when_none_is_named()
    {
        (await BuildHost.RunAsync<Sample>(_run.Context(), x => x.Pass, x => x.Other)).ShouldBe(0);

        _run.Output.IndexOf("ran Pass", StringComparison.Ordinal)
            .ShouldBeInRange(0, _run.Output.IndexOf("ran Other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Named_targets_replace_the_defaults()
    {
        await BuildHost.RunAsync<Sample>(_run.Context("other"), x => x.Pass);

        _run.Output.ShouldContain("ran Other");
        _run.Output.ShouldNotContain("ran Pass");
    }

    [Theory]
    [InlineData("Pass", 0)]
    [InlineData("Fail", 1)]
    [InlineData("NoSuch", 2)]
    [InlineData("GateSaysNo", 3)]
    [InlineData("Inconclusive", 4)]
    public async Task Exit_code_says_what_happened(string target, int exitCode) =>
        (await BuildHost.RunAsync<Sample>(_run.Context(target))).ShouldBe(exitCode);

    [Fact]
    public async Task Component_parameters_are_resolved_and_have_defaults()
    {
        await BuildHost.RunAsync<Greeter>(_run.Context("--greeting", "hi", "--times=3", "--names", "a", "b"), x => ((IGreet)x).Greet);
        await BuildHost.RunAsync<Greeter>(_run.Context(), x => ((IGreet)x).Greet);

        _run.Output.ShouldContain($"hi a+b x3 in {Path.GetFileName(_run.Root)}\n");
        _run.Output.ShouldContain($"hello nobody x1 in {Path.GetFileName(_run.Root)}\n");
    }

    [Fact]
    public async Task Two_builds_at_once_do_not_see_each_other()
    {
        using var other = new TestRun();
        Meeting.Reset();
        var left = BuildHost.RunAsync<Meeting>(_run.Context("--label", "left"), x => x.Meet);
        var right = BuildHost.RunAsync<Meeting>(other.Context("--label", "right"), x => x.Meet);

        (await left).ShouldBe(0);
        (await right).ShouldBe(0);

        _run.Output.ShouldContain($"left at {_run.Root} ({Path.GetFileName(_run.Root)})\n");
        _run.Output.ShouldNotContain("right");
        other.Output.ShouldContain($"right at {other.Root} ({Path.GetFileName(other.Root)})\n");
        other.Output.ShouldNotContain("left");
    }

    [Fact]
    public async Task Secret_of_one_build_is_not_masked_in_another()
    {
        using var other = new TestRun();
        await BuildHost.RunAsync<Meeting>(_run.Context("--password", "left"), x => x.Tell);
        await BuildHost.RunAsync<Meeting>(other.Context("--label", "left"), x => x.Tell);

        other.Output.ShouldContain("label left");
    }

    [Fact]
    public async Task After_the_run_there_is_no_current_build()
    {
        await BuildHost.RunAsync<Sample>(_run.Context("Pass"));

        Should.Throw<InvalidOperationException>(() => NukeBuild.RootDirectory).Message.ShouldContain("No build is running");
    }

    private sealed class Sample : NukeBuild
    {
        public Target Pass => _ => _.Executes(() => Context.Console.Line("ran Pass"));

        public Target Other => _ => _.Executes(() => Context.Console.Line("ran Other"));

        public Target Fail => _ => _.Executes(() => throw new IOException("broken"));

        public Target GateSaysNo => _ => _.Executes(() =>
        {
            ExitCode = 3;
            throw new IOException("worse");
        });

        public Target Inconclusive => _ => _.Executes(() => ExitCode = 4);
    }

    private sealed class Greeter : NukeBuild, IGreet;

    private sealed class Meeting : NukeBuild
    {
        private static TaskCompletionSource _both = new();
        private static int _arrived;

        [Parameter] public string? Label { get; set; }

        [Parameter, Secret] public string? Password { get; set; }

        public Target Tell => _ => _.Executes(() => Context.Console.Line($"label {Label}"));

        public Target Meet => _ => _.Executes(async () =>
        {
            if (Interlocked.Increment(ref _arrived) == 2)
            {
                _both.SetResult();
            }

            await _both.Task;
            Context.Console.Line($"{Label} at {RootDirectory} ({((INukeBuild)this).RootDirectory.Name})");
        });

        public static void Reset() => (_both, _arrived) = (new(TaskCreationOptions.RunContinuationsAsynchronously), 0);
    }
}
