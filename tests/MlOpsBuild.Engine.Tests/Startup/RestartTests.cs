namespace MlOpsBuild.Engine.Startup.Tests;

public sealed class RestartTests
{
    [Fact]
    public void Without_a_script_the_caller_is_asked_to_rebuild() => Restart.Script(new Dictionary<string, string>()).ShouldBe(75);

    [Fact]
    public void Program_that_is_stale_right_after_a_rebuild_does_not_restart_again() =>
        Restart.Script(new Dictionary<string, string> { ["MLOPS_START_SCRIPT"] = "/nowhere/build.sh", ["MLOPS_REBUILD"] = "1" })
            .ShouldBe(75);
}
