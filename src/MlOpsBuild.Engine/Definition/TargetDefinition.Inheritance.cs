using System.Linq.Expressions;
using System.Reflection;

namespace MlOpsBuild.Engine.Definition;

/// <summary>What a target takes over from others.</summary>
internal sealed partial class TargetDefinition
{
    // No build inherits over so many steps, unless it goes in a circle.
    private const int MostSteps = 64;

    // Whose declaration is being read, and which of its classes' it is.
    private (string Name, int Level) _reading = (target.Name, 0);
    private int _steps;

    public ITargetDefinition Base()
    {
        var levels = catalog.ImplementationsOf(_reading.Name);
        if (_reading.Level + 1 >= levels.Count)
        {
            throw new InvalidOperationException(
                $"Target '{_reading.Name}' of {levels.ElementAtOrDefault(_reading.Level)?.DeclaringType!.Name ?? "a component"} calls Base(), but no class above it declares one. Inherit<TComponent>() takes over what a component says.");
        }

        return Reading(_reading with { Level = _reading.Level + 1 }, () => Replay(levels[_reading.Level]));
    }

    public ITargetDefinition Inherit(params Target[] targets) => With(() =>
        Array.ForEach(targets, other => Reading((catalog.Resolve(other, target).Name, 0), () => other(this))));

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets) => With(() =>
    {
        _ = Component<T>();
        foreach (var property in targets.Length > 0 ? targets.Select(PropertyOf) : [TargetCatalog.OnlyTargetOf(typeof(T))])
        {
            Reading((TargetMembers.NameOf(property), 0), () => Replay(property));
        }
    });

    private TargetDefinition Reading((string Name, int Level) what, Action read)
    {
        var before = _reading;
        if (++_steps > MostSteps)
        {
            throw new InvalidOperationException($"Target '{target.Name}' inherits in a circle: {before.Name}, {what.Name}.");
        }

        _reading = what;
        read();
        _reading = before;
        _steps--;
        return this;
    }

    // The implementation itself, not the one that overrides it: a virtual call would come back to where it is asked.
    private void Replay(PropertyInfo property)
    {
        if (property.GetMethod!.IsAbstract)
        {
            throw new InvalidOperationException(
                $"Target '{target.Name}' inherits {property.DeclaringType!.Name}.{property.Name}, which says nothing itself.");
        }

        var pointer = property.GetMethod.MethodHandle.GetFunctionPointer();
        var read = (Func<Target>)Activator.CreateInstance(typeof(Func<Target>), build, pointer)!;
        read()(this);
    }

    private PropertyInfo PropertyOf(LambdaExpression expression) => (expression.Body as MemberExpression)?.Member as PropertyInfo
        ?? throw new InvalidOperationException(
            $"Target '{target.Name}' inherits '{expression}', which does not name a target of the component.");
}
