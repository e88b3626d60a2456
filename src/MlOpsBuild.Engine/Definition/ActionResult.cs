namespace MlOpsBuild.Engine.Definition;

/// <summary>What an action gave back.</summary>
internal static class ActionResult
{
    // Whatever can be awaited is, so that no failure is lost.
    public static Task Awaited(object? result) => result switch
    {
        Task task => task,
        ValueTask task => task.AsTask(),
        _ when result?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) =>
            (Task)type.GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(result, null)!,
        _ => Task.CompletedTask,
    };
}
