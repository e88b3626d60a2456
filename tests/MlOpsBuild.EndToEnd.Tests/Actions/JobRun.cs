using System.Text.Json.Nodes;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>The steps of a job on a machine.</summary>
internal sealed class JobRun(ActionsHost host, ActionsContexts contexts, WorkflowJob job, ActionsMachine machine)
{
    private readonly string _tracking = $"github_{Guid.NewGuid()}";
    private readonly Dictionary<string, string> _added = [];
    private readonly List<StepResult> _steps = [];
    private ExpressionScope _scope = new([], Failed: false, Broke: false);

    public async Task<JobResult> RunAsync()
    {
        using var temp = new TemporaryFolder();
        await File.WriteAllTextAsync(temp["event.json"], contexts.Happened.Payload.ToJsonString());
        _scope = contexts.OfSteps(machine, temp.Path);
        host.Admit(contexts.Rights);
        machine.Begin();
        try
        {
            foreach (var step in job.Steps)
            {
                await StepAsync(step, temp);
            }

            var outputs = new JsonObject(job.Outputs.Select(output => KeyValuePair.Create(
                output.Key, (JsonNode?)Expression.Fill(ExpressionValue.Text(output.Value), _scope))));
            return new(job.Id, _scope.Failed ? StepResult.Failure : StepResult.Success, _steps, outputs, Orphans.End(_tracking));
        }
        finally
        {
            Orphans.End(_tracking);
            machine.BringSources();
        }
    }

    private async Task StepAsync(WorkflowStep step, TemporaryFolder temp)
    {
        var variables = contexts.Variables(machine, temp.Path, temp["event.json"]);
        variables["RUNNER_TRACKING_ID"] = _tracking;
        var set = new JsonObject();
        foreach (var (name, value) in contexts.Environment
            .Concat(_added.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))
            .Concat(step.Environment))
        {
            variables[name] = Expression.Fill(ExpressionValue.Text(value), _scope);
            set[name] = variables[name];
        }

        var scope = _scope.With("env", set);
        var result = !Expression.Holds(step.Condition, scope) ? StepResult.LeftOut(step.Name)
            : step.Run != null ? await CommandAsync(step, scope, variables, temp)
            : await new KnownActions(host, contexts, machine, variables).RunAsync(step, scope);
        _steps.Add(result);
        var conclusion = result.Outcome == StepResult.Failure && step.ContinuesOnError ? StepResult.Success : result.Outcome;
        if (step.Id is { } id)
        {
            var steps = (JsonObject)_scope.Contexts["steps"]!.DeepClone();
            steps[id] = new JsonObject
            {
                ["outputs"] = result.Outputs.DeepClone(), ["outcome"] = result.Outcome, ["conclusion"] = conclusion
            };
            _scope = _scope.With("steps", steps);
        }

        if (conclusion == StepResult.Failure)
        {
            _scope = _scope.With("job", new JsonObject { ["status"] = StepResult.Failure }) with { Failed = true, Broke = true };
        }
    }

    private async Task<StepResult> CommandAsync(
        WorkflowStep step, ExpressionScope scope, Dictionary<string, string> variables, TemporaryFolder temp)
    {
        var files = new CommandFiles(temp, _steps.Count);
        files.AddTo(variables);
        var script = temp[$"step-{_steps.Count}.sh"];
        await File.WriteAllTextAsync(script, Expression.Fill(step.Run!, scope) + "\n");
        string[] options = step.Shell switch
        {
            null => ["-e", script],
            "bash" => ["--noprofile", "--norc", "-eo", "pipefail", script],
            _ => throw new NotSupportedException($"shell: {step.Shell} cannot be run here"),
        };
        var ended = await RunningCommand.RunAsync(Path.Combine(machine.Workspace, step.Folder ?? ""), variables, "bash", options);
        foreach (var (name, value) in files.Environment())
        {
            _added[name] = value;
        }

        var outputs = new JsonObject(files.Outputs().Select(output => KeyValuePair.Create(output.Name, (JsonNode?)output.Value)));
        return new(
            step.Name, ended.ExitCode == 0 ? StepResult.Success : StepResult.Failure, ended.ExitCode, ended.Output + ended.Errors,
            files.Summary(), outputs);
    }
}
