using MlOpsBuild.Store.Health;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>This machine's copy of the branch may be damaged in any way: it is made anew, and what is newer here is sent.</summary>
public sealed class DamagedCopyTests
{
    [Theory]
    [InlineData("HEAD", "")]
    [InlineData("refs/mlops/merged", "")]
    [InlineData("refs/mlops/merged", "1234567890123456789012345678901234567890\n")]
    [InlineData("refs/mlops/remote", "")]
    [InlineData("refs/mlops/outgoing", "")]
    [InlineData("shallow", "garbage")]
    [InlineData("config", "[garbage")]
    [InlineData("config", "")]
    [InlineData("objects", null)]
    [InlineData("refs", null)]
    public async Task An_exchange_over_a_damaged_copy_sends_and_receives_all(string file, string? content)
    {
        using var team = await TeamFixture.CreateAsync();
        var b = await team.MachineAsync("b");
        await b.SaveRunAsync(3);
        await b.SendAsync();
        var a = await team.MachineAsync("a");
        await a.ReceiveAsync();
        var mine = await a.SaveRunAsync(1);
        await a.SendAsync();
        await a.SaveRunAsync(mine, 2);
        var theirs = await b.SaveRunAsync(4);
        await b.SendAsync();
        Damage(Path.Combine(a.StateFolder, file), content);
        a = await team.MachineAsync("a");

        await a.SendAsync();

        (await a.RunAsync(mine)).ShouldNotBeNull().Rows.ShouldBe(2);
        (await a.RunAsync(theirs)).ShouldNotBeNull().Rows.ShouldBe(4);
        await b.ReceiveAsync();
        (await b.RunAsync(mine)).ShouldNotBeNull().Rows.ShouldBe(2);
    }

    [Fact]
    public async Task The_doctor_tells_that_a_copy_was_made_anew()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.SaveRunAsync();
        await a.SendAsync();
        Damage(Path.Combine(a.StateFolder, "objects"), content: null);
        a = await team.MachineAsync("a");
        await a.ReceiveAsync();

        (await DiagnosesAsync(a)).ShouldBe([DiagnosisKind.Repaired]);
        (await DiagnosesAsync(a)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copy_that_was_deleted_is_made_anew()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.AuditAsync("1");
        await a.SendAsync();
        Directory.Delete(a.StateFolder, recursive: true);
        await a.AuditAsync("2");
        a = await team.MachineAsync("a");

        await a.SendAsync();

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.AuditedAsync()).ShouldBe(["1", "2"]);
    }

    private static async Task<IReadOnlyList<DiagnosisKind>> DiagnosesAsync(Machine machine) =>
        [.. (await new StoreDoctor(machine.Store, TimeProvider.System, repairs: true).ExamineAsync(CancellationToken.None))
            .Diagnoses.Select(diagnosis => diagnosis.Kind)];

    private static void Damage(string path, string? content)
    {
        if (content == null)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.WriteAllText(path, content);
        }
    }
}
